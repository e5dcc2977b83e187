package com.vibnai.umami.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.umami.source.SessionTotals;
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

    static SessionResponse of(SessionTotals session) {
        return new SessionResponse(
                session.websiteId(),
                session.sessionId(),
                session.firstAt(),
                session.lastAt(),
                session.visits(),
                session.pageviews(),
                session.events(),
                session.device().device(),
                session.device().browser(),
                session.device().os(),
                session.device().screen(),
                session.device().language(),
                session.device().country(),
                session.device().region(),
                session.device().city(),
                session.shared());
    }
}
