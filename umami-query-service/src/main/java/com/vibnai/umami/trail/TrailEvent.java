package com.vibnai.umami.trail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.umami.source.Event;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One event of a user. Device, browser and place are those of the session's first request, as Umami keeps them.
 *
 * @param eventId Umami's id of the event
 * @param websiteId the Umami website where it happened
 * @param occurredAt when, by Umami's clock
 * @param type pageview, or event for a custom one
 * @param eventData what was sent along, by key; only there when it was asked for
 * @param shared whether others have stretches of this session too
 */
@Schema(name = "TrailEvent")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TrailEvent(
        UUID eventId,
        UUID websiteId,
        @Schema(examples = "2026-11-24T10:00:00Z") Instant occurredAt,
        @Schema(enumeration = {"pageview", "event"}) String type,
        @Schema(examples = "/pricing") String urlPath,
        @Nullable String urlQuery,
        @Nullable String pageTitle,
        @Nullable String hostname,
        @Nullable String eventName,

        @Schema(examples = "{\"plan\":\"pro\"}") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Map<String, Object> eventData,

        @Nullable String referrerDomain,
        UUID sessionId,
        UUID visitId,
        @Schema(examples = "laptop") @Nullable String device,
        @Schema(examples = "chrome") @Nullable String browser,
        @Nullable String os,
        @Nullable String screen,
        @Nullable String country,
        @Nullable String region,
        @Nullable String city,
        boolean shared) {

    /** The event in the words of the contract; {@code data} null if nobody asked for it. */
    public static TrailEvent of(Event event, @Nullable Map<String, Object> data) {
        return new TrailEvent(
                event.eventId(),
                event.websiteId(),
                event.occurredAt(),
                event.pageview() ? "pageview" : "event",
                event.urlPath(),
                event.urlQuery(),
                event.pageTitle(),
                event.hostname(),
                event.eventName(),
                data,
                event.referrerDomain(),
                event.sessionId(),
                event.visitId(),
                event.device().device(),
                event.device().browser(),
                event.device().os(),
                event.device().screen(),
                event.device().country(),
                event.device().region(),
                event.device().city(),
                event.shared());
    }
}
