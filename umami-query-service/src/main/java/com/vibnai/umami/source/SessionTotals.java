package com.vibnai.umami.source;

import java.time.Instant;
import java.util.UUID;

/**
 * What a user did in one session.
 *
 * @param firstAt first event of the user in it
 * @param lastAt last event of the user in it
 * @param shared whether others have stretches of this session too
 * @param truncated whether it has more events than one answer counts
 */
public record SessionTotals(
        UUID websiteId,
        UUID sessionId,
        Instant firstAt,
        Instant lastAt,
        int visits,
        long pageviews,
        long events,
        Device device,
        boolean shared,
        boolean truncated) {

    /** Where it stands among the user's sessions. */
    public SessionPosition position() {
        return new SessionPosition(lastAt, sessionId);
    }
}
