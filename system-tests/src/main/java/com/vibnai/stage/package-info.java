/**
 * What the benchmarks and the fault tests stand on: a PostgreSQL server and the packaged services as processes that can be
 * started, stopped and killed one by one.
 */
@NullMarked
package com.vibnai.stage;

import org.jspecify.annotations.NullMarked;
