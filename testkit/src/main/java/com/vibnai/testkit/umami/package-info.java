/** Umami as the product meets it: its schema by generation, a stand-in for its collector, generated history. */
@NullMarked
package com.vibnai.testkit.umami;

import org.jspecify.annotations.NullMarked;
