/** What the tests and the quickstart stand on: one embedded PostgreSQL per JVM, a database per use. In no image. */
@NullMarked
package com.vibnai.testkit;

import org.jspecify.annotations.NullMarked;
