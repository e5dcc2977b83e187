/** The page that people look at reports and users with. What it shows is the elements of {@code console.js}. */
@NullMarked
package com.vibnai.tracker.console;

import org.jspecify.annotations.NullMarked;
