package com.vibnai.attribution.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file.
 *
 * @param number from 1, without the header
 * @param values by column; empty ones are left out
 * @param fault what is wrong with the row itself
 */
record Row(
        long number, Map<String, String> values, @Nullable String fault) {}
