package com.vibnai.umami.source;

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
        boolean shared) {

    /** The part of it that is between two instants; null is no bound. */
    public Segment between(@Nullable Instant start, @Nullable Instant end) {
        Instant later = from == null || (start != null && start.isAfter(from)) ? start : from;
        Instant earlier = until == null || (end != null && end.isBefore(until)) ? end : until;
        return new Segment(websiteId, sessionId, later, earlier, shared);
    }

    /** Whether no instant is in it. */
    public boolean isEmpty() {
        return from != null && until != null && !from.isBefore(until);
    }
}
