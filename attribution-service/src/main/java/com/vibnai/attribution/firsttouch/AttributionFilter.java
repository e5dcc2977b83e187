package com.vibnai.attribution.firsttouch;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which attributions.
 *
 * @param equal field of the entity to value
 * @param from signed up at or after
 * @param to signed up before
 * @param after the last row of the page before
 */
record AttributionFilter(
        Map<String, String> equal,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable AttributionCursor after) {}
