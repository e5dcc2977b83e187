/** The page that tells an operator how to install the tracker, with their own values filled in. */
@NullMarked
package com.vibnai.tracker.install;

import org.jspecify.annotations.NullMarked;
