/** A signup arrives with the touch that brought it; the first non-direct one is kept for good. */
@NullMarked
package com.vibnai.attribution.firsttouch;

import org.jspecify.annotations.NullMarked;
