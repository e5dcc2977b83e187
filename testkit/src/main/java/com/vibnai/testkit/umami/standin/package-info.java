/** The parts of the stand-in for Umami's collector: what a request means, who sent it, which session it falls in, rows. */
@NullMarked
package com.vibnai.testkit.umami.standin;

import org.jspecify.annotations.NullMarked;
