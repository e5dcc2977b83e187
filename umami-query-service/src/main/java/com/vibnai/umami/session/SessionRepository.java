package com.vibnai.umami.session;

import com.vibnai.umami.identity.OwnedEvents;
import com.vibnai.umami.identity.Segment;
import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.platform.UmamiColumns;
import com.vibnai.umami.platform.UmamiDatabase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads a user's sessions. */
@ApplicationScoped
class SessionRepository {

    /** Sessions of one answer at most. */
    static final int MOST = 500;

    private final UmamiDatabase umami;
    private final QueryConfig config;

    SessionRepository(UmamiDatabase umami, QueryConfig config) {
        this.umami = umami;
        this.config = config;
    }

    /** The latest sessions with events of the user, one more than {@link #MOST} if there are more. */
    Uni<List<SessionResponse>> latest(List<Segment> segments) {
        if (segments.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return umami.query(
                        SessionRepository::latest,
                        OwnedEvents.parameters(segments)
                                .addInteger(config.eventsPerSession())
                                .addInteger(MOST + 1))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(SessionResponse::from)
                        .toList());
    }

    private static String latest(UmamiColumns columns) {
        return """
                WITH owned AS (
                    SELECT segment.website_id, event.session_id, segment.shared,
                           count(DISTINCT event.visit_id) AS visits,
                           count(*) FILTER (WHERE event.event_type = 1) AS pageviews,
                           count(*) FILTER (WHERE event.event_type = 2) AS events,
                           min(event.created_at) AS first_at,
                           max(event.created_at) AS last_at
                    FROM %s
                    CROSS JOIN LATERAL (
                        SELECT session_id, visit_id, event_type, created_at
                        FROM website_event
                        WHERE %s
                        ORDER BY created_at DESC
                        LIMIT $6) AS event
                    GROUP BY segment.website_id, event.session_id, segment.shared
                )
                SELECT owned.*, session.device, session.browser, session.os, session.screen, session.language,
                       session.country, session.city, %s AS region
                FROM owned
                LEFT JOIN session ON session.session_id = owned.session_id
                ORDER BY owned.last_at DESC, owned.session_id
                LIMIT $7
                """.formatted(OwnedEvents.SEGMENTS, OwnedEvents.IN_SEGMENT, columns.region());
    }
}
