package com.vibnai.umami.source.database;

import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.SessionPosition;
import com.vibnai.umami.source.SessionTotals;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a page of a user's sessions: one probe a segment for its last event, then the counts of those on the page. */
final class SessionsQuery {

    private final UmamiDatabase umami;
    private final int most;

    /** {@code most}: events that are counted at most, in all sessions of a page. */
    SessionsQuery(UmamiDatabase umami, int most) {
        this.umami = umami;
        // One more than is counted tells that there are more.
        this.most = most + 1;
    }

    Uni<List<SessionTotals>> latest(List<Segment> segments, @Nullable SessionPosition before, int size) {
        return umami.queryBySegment(
                        SessionsQuery::latest,
                        OwnedEvents.parameters(segments)
                                .addInteger(most)
                                .addInteger(size)
                                .addValue(before == null ? null : OwnedEvents.time(before.lastAt()))
                                .addValue(before == null ? null : before.sessionId()))
                .map(rows -> Rows.all(rows, SessionsQuery::session));
    }

    private static SessionTotals session(Row row) {
        return new SessionTotals(
                row.getUUID("website_id"),
                row.getUUID("session_id"),
                row.getOffsetDateTime("first_at").toInstant(),
                row.getOffsetDateTime("last_at").toInstant(),
                row.getInteger("visits"),
                row.getLong("pageviews"),
                row.getLong("events"),
                Rows.device(row),
                row.getBoolean("shared"),
                row.getBoolean("truncated"));
    }

    private static String latest(UmamiColumns columns) {
        return """
                WITH segments AS MATERIALIZED (
                    SELECT * FROM %1$s
                ), page AS MATERIALIZED (
                    SELECT segment.website_id, segment.session_id, bool_or(segment.shared) AS shared,
                           min(first.created_at) AS first_at, max(last.created_at) AS last_at
                    FROM segments AS segment
                    CROSS JOIN LATERAL (
                        SELECT created_at FROM website_event
                        WHERE %2$s
                        ORDER BY created_at DESC
                        LIMIT 1) AS last
                    CROSS JOIN LATERAL (
                        SELECT created_at FROM website_event
                        WHERE %2$s
                        ORDER BY created_at
                        LIMIT 1) AS first
                    GROUP BY segment.website_id, segment.session_id
                    HAVING $8::timestamptz IS NULL
                        OR (max(last.created_at), segment.session_id) < ($8::timestamptz, $9::uuid)
                    ORDER BY last_at DESC, session_id DESC
                    LIMIT $7
                ), owned AS MATERIALIZED (
                    SELECT event.*
                    FROM (SELECT segments.*, page.last_at FROM page JOIN segments USING (website_id, session_id)
                          ORDER BY page.last_at DESC, page.session_id DESC) AS segment
                    CROSS JOIN LATERAL (
                        SELECT session_id, visit_id, event_type
                        FROM website_event
                        WHERE %2$s
                        LIMIT $6) AS event
                    LIMIT $6
                ), counts AS (
                    SELECT session_id,
                           count(DISTINCT visit_id) AS visits,
                           count(*) FILTER (WHERE event_type = 1) AS pageviews,
                           count(*) FILTER (WHERE event_type = 2) AS events
                    FROM owned
                    GROUP BY session_id
                )
                SELECT event.*, coalesce(visits, 0) AS visits, coalesce(pageviews, 0) AS pageviews,
                       coalesce(events, 0) AS events, (SELECT count(*) >= $6 FROM owned) AS truncated,
                       %3$s, %4$s, %5$s, %6$s, %7$s, %8$s, %9$s, %10$s
                FROM page AS event
                LEFT JOIN counts USING (session_id)
                %11$s
                ORDER BY event.last_at DESC, event.session_id DESC
                """.formatted(
                        OwnedEvents.SEGMENTS,
                        OwnedEvents.IN_SEGMENT,
                        columns.session("device"),
                        columns.session("browser"),
                        columns.session("os"),
                        columns.session("screen"),
                        columns.session("language"),
                        columns.session("country"),
                        columns.session("city"),
                        columns.region(),
                        OwnedEvents.WITH_SESSION);
    }
}
