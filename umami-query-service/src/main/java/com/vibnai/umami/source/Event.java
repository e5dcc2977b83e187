package com.vibnai.umami.source;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as Umami has it. Device, browser and place stand on Umami's session, written at its first request.
 *
 * @param pageview or else a custom event
 * @param hasData whether something was sent along, null where the source does not say
 * @param shared whether others have stretches of this session too
 */
public record Event(
        UUID websiteId,
        UUID eventId,
        Instant occurredAt,
        boolean pageview,
        String urlPath,
        @Nullable String urlQuery,
        @Nullable String pageTitle,
        @Nullable String hostname,
        @Nullable String eventName,
        @Nullable String referrerDomain,
        UUID sessionId,
        UUID visitId,
        Device device,
        @Nullable Boolean hasData,
        boolean shared) {

    /** Where it stands among the user's events. */
    public EventPosition position() {
        return new EventPosition(occurredAt, eventId);
    }
}
