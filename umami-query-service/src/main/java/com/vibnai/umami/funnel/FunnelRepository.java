package com.vibnai.umami.funnel;

import com.vibnai.umami.identity.Identity;
import com.vibnai.umami.identity.OwnedEvents;
import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.platform.UmamiColumns;
import com.vibnai.umami.platform.UmamiDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/** Counts a user's events, in one statement. */
@ApplicationScoped
class FunnelRepository {

    private final UmamiDatabase umami;
    private final QueryConfig config;

    FunnelRepository(UmamiDatabase umami, QueryConfig config) {
        this.umami = umami;
        this.config = config;
    }

    /** One row; the identity has at least one segment. */
    Uni<Row> totals(Identity identity) {
        return umami.query(
                        FunnelRepository::totals,
                        OwnedEvents.parameters(identity.segments())
                                .addInteger(config.eventsPerSession())
                                .addValue(
                                        identity.signedUpAt() == null
                                                ? null
                                                : identity.signedUpAt().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next());
    }

    private static String totals(UmamiColumns columns) {
        return """
                WITH segments AS MATERIALIZED (
                    SELECT * FROM %1$s
                ), owned AS MATERIALIZED (
                    SELECT event.*
                    FROM segments AS segment
                    CROSS JOIN LATERAL (
                        SELECT session_id, visit_id, event_type, created_at, url_path
                        FROM website_event
                        WHERE %2$s
                        ORDER BY created_at
                        LIMIT $6) AS event
                ), seen AS (
                    SELECT DISTINCT session.device, session.browser, session.country
                    FROM (SELECT DISTINCT session_id FROM owned) AS own
                    JOIN session USING (session_id)
                ), entry AS (
                    SELECT event.url_path, event.url_query, event.referrer_domain, %3$s AS hostname,
                           %4$s, %5$s, %6$s, %7$s, %8$s
                    FROM segments AS segment
                    CROSS JOIN LATERAL (
                        SELECT * FROM website_event
                        WHERE %2$s
                        ORDER BY created_at, event_id
                        LIMIT 1) AS event
                    LEFT JOIN session ON session.session_id = event.session_id
                    ORDER BY event.created_at, event.event_id
                    LIMIT 1
                ), totals AS (
                    SELECT count(DISTINCT session_id) AS sessions,
                           count(DISTINCT visit_id) AS visits,
                           count(*) FILTER (WHERE event_type = 1) AS pageviews,
                           count(*) FILTER (WHERE event_type = 2) AS events,
                           min(created_at) AS first_at,
                           max(created_at) AS last_at,
                           count(*) FILTER (WHERE event_type = 1 AND created_at < $7::timestamptz) AS before_signup,
                           EXISTS (SELECT FROM owned GROUP BY session_id HAVING count(*) >= $6) AS truncated
                    FROM owned
                )
                SELECT totals.*, entry.*,
                       ARRAY(SELECT DISTINCT device FROM seen WHERE device IS NOT NULL ORDER BY device) AS devices,
                       ARRAY(SELECT DISTINCT browser FROM seen WHERE browser IS NOT NULL ORDER BY browser) AS browsers,
                       ARRAY(SELECT DISTINCT country::text FROM seen WHERE country IS NOT NULL ORDER BY country::text)
                           AS countries,
                       (SELECT coalesce(json_agg(page), '[]') FROM (
                            SELECT url_path, count(*) AS pageviews
                            FROM owned
                            WHERE event_type = 1
                            GROUP BY url_path
                            ORDER BY count(*) DESC, url_path
                            LIMIT 10) AS page) AS top_pages
                FROM totals
                LEFT JOIN entry ON true
                """.formatted(
                        OwnedEvents.SEGMENTS,
                        OwnedEvents.IN_SEGMENT,
                        columns.hostname(),
                        columns.event("utm_source"),
                        columns.event("utm_medium"),
                        columns.event("utm_campaign"),
                        columns.event("utm_term"),
                        columns.event("utm_content"));
    }
}
