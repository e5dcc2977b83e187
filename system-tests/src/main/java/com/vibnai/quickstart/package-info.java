/** The whole product on one machine with nothing installed: starts everything, prints where it is, ends it again. */
@NullMarked
package com.vibnai.quickstart;

import org.jspecify.annotations.NullMarked;
