package com.vibnai.umami.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a user did in one Umami session. Device, browser and place are those of its first request.
 *
 * @param firstAt first event of the user in it
 * @param lastAt last event of the user in it
 * @param shared whether others have stretches of this session too
 */
@Schema(name = "Session")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SessionResponse(
        UUID websiteId,
        UUID sessionId,
        Instant firstAt,
        Instant lastAt,
        int visits,
        long pageviews,
        long events,
        @Nullable String device,
        @Nullable String browser,
        @Nullable String os,
        @Nullable String screen,
        @Nullable String language,
        @Nullable String country,
        @Nullable String region,
        @Nullable String city,
        boolean shared) {

    static SessionResponse from(Row row) {
        return new SessionResponse(
                row.getUUID("website_id"),
                row.getUUID("session_id"),
                row.getOffsetDateTime("first_at").toInstant(),
                row.getOffsetDateTime("last_at").toInstant(),
                row.getInteger("visits"),
                row.getLong("pageviews"),
                row.getLong("events"),
                row.getString("device"),
                row.getString("browser"),
                row.getString("os"),
                row.getString("screen"),
                row.getString("language"),
                row.getString("country"),
                row.getString("region"),
                row.getString("city"),
                row.getBoolean("shared"));
    }
}
