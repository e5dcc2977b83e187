package com.vibnai.umami.sitefunnel;

import com.vibnai.umami.source.Segment;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What attribution-service knows of a user.
 *
 * @param signedUpAt null for a user without a record
 * @param channel of the stored first touch
 * @param utmCampaign of the stored first touch
 * @param sessions the stretches that are the user's
 * @param conversions those that the funnel is about
 * @param truncated whether there are more conversions
 */
record Journey(
        String userId,
        @Nullable Instant signedUpAt,
        @Nullable String channel,
        @Nullable String utmCampaign,
        List<Stretch> sessions,
        List<Conversion> conversions,
        boolean truncated) {

    /** A stretch of a session; null bounds are open. */
    record Stretch(
            UUID websiteId,
            UUID sessionId,
            @Nullable Instant from,
            @Nullable Instant until) {

        Segment toSegment() {
            return new Segment(websiteId, sessionId, from, until, false);
        }
    }

    /** A conversion. */
    record Conversion(String name, Instant occurredAt) {}

    /** The same user, found by other sessions. */
    Journey with(Journey other) {
        return new Journey(
                userId,
                signedUpAt,
                channel,
                utmCampaign,
                Stream.concat(sessions.stream(), other.sessions.stream()).toList(),
                conversions,
                truncated);
    }
}
