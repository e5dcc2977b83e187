/**
 * {@code ./bench}: what the services do per second, each figure beside a reference that is measured in the same run, in
 * alternation. Raw results are JSON; the table and the plot are made from them.
 */
@NullMarked
package com.vibnai.bench;

import org.jspecify.annotations.NullMarked;
