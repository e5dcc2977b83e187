package com.vibnai.umami.trail;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One event of a user. Device, browser and place are those of the session's first request, as Umami keeps them.
 *
 * @param eventId Umami's id of the event
 * @param occurredAt when, by Umami's clock
 * @param type pageview, or event for a custom one
 * @param shared whether others have stretches of this session too
 */
@Schema(name = "TrailEvent")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TrailEvent(
        UUID eventId,
        @Schema(examples = "2026-11-24T10:00:00Z") Instant occurredAt,
        @Schema(enumeration = {"pageview", "event"}) String type,
        @Schema(examples = "/pricing") String urlPath,
        @Nullable String urlQuery,
        @Nullable String pageTitle,
        @Nullable String hostname,
        @Nullable String eventName,
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

    private static final int PAGE_VIEW = 1;

    static TrailEvent from(Row row) {
        return new TrailEvent(
                row.getUUID("event_id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getInteger("event_type") == PAGE_VIEW ? "pageview" : "event",
                row.getString("url_path"),
                row.getString("url_query"),
                row.getString("page_title"),
                row.getString("hostname"),
                row.getString("event_name"),
                row.getString("referrer_domain"),
                row.getUUID("session_id"),
                row.getUUID("visit_id"),
                row.getString("device"),
                row.getString("browser"),
                row.getString("os"),
                row.getString("screen"),
                row.getString("country"),
                row.getString("region"),
                row.getString("city"),
                row.getBoolean("shared"));
    }
}
