/** Errors are problems here too. */
@NullMarked
package com.vibnai.tracker.platform;

import org.jspecify.annotations.NullMarked;
