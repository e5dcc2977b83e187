package com.vibnai.umami.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a Umami session that is a user's; half-open, no two of a user overlap.
 *
 * @param websiteId Umami's website
 * @param sessionId Umami's session
 * @param from first instant, open when absent
 * @param until first instant that is no longer in it, open when absent
 * @param shared whether others have stretches of this session too
 */
public record Segment(
        UUID websiteId,
        UUID sessionId,
        @Nullable Instant from,
        @Nullable Instant until,
        boolean shared) {}
