package com.vibnai.attribution.conversion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which conversions.
 *
 * @param userId of this user
 * @param name of this name
 * @param from occurred at or after
 * @param to occurred before
 * @param after the last row of the page before
 */
record ConversionFilter(
        @Nullable String userId,
        @Nullable String name,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable ConversionCursor after) {}
