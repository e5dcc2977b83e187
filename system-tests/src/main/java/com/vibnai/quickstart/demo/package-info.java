/** The site that the quickstart shows the product with, and the history that it begins with. */
@NullMarked
package com.vibnai.quickstart.demo;

import org.jspecify.annotations.NullMarked;
