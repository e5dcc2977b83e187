package com.vibnai.umami.source.database;

import com.vibnai.umami.source.Entry;
import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.Totals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts a user's events, at most so many. */
final class TotalsQuery {

    private final UmamiDatabase umami;
    private final int most;
    private final Function<UmamiColumns, String> sql = new Last<>(TotalsQuery::totals);

    /** {@code most}: events that are counted at most. */
    TotalsQuery(UmamiDatabase umami, int most) {
        this.umami = umami;
        // One more than is counted tells that there are more.
        this.most = most + 1;
    }

    Uni<Totals> totals(List<Segment> segments, @Nullable Instant signedUpAt) {
        return umami.queryBySegment(
                        sql, OwnedEvents.parameters(segments).addInteger(most).addValue(OwnedEvents.time(signedUpAt)))
                .map(rows -> totals(rows.iterator().next(), signedUpAt));
    }

    private static Totals totals(Row row, @Nullable Instant signedUpAt) {
        Entry entry = row.getUUID("event_id") == null ? null : Rows.entry(row);
        return new Totals(
                row.getInteger("sessions"),
                row.getInteger("visits"),
                row.getLong("pageviews"),
                row.getLong("events"),
                entry == null ? null : entry.occurredAt(),
                Rows.instant(row, "last_at"),
                signedUpAt == null ? null : row.getLong("before_signup"),
                entry,
                Arrays.asList(row.getArrayOfStrings("devices")),
                Arrays.asList(row.getArrayOfStrings("browsers")),
                Arrays.asList(row.getArrayOfStrings("countries")),
                topPages(row),
                row.getBoolean("truncated"));
    }

    private static List<Totals.PageCount> topPages(Row row) {
        return ((JsonArray) row.getJson("top_pages"))
                .stream()
                        .map(JsonObject.class::cast)
                        .map(page -> new Totals.PageCount(page.getString("url_path"), page.getLong("pageviews")))
                        .toList();
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
                    LIMIT $6
                ), seen AS MATERIALIZED (
                    SELECT DISTINCT %3$s, %4$s, %5$s
                    FROM (SELECT DISTINCT session_id FROM owned) AS event
                    %6$s
                ), entry AS (
                    %7$s
                ), totals AS (
                    SELECT count(DISTINCT session_id) AS sessions,
                           count(DISTINCT visit_id) AS visits,
                           count(*) FILTER (WHERE event_type = 1) AS pageviews,
                           count(*) FILTER (WHERE event_type = 2) AS events,
                           count(*) FILTER (WHERE event_type = 1 AND created_at < $7::timestamptz) AS before_signup,
                           count(*) >= $6 AS truncated,
                           max(created_at) AS last_counted
                    FROM owned
                )
                SELECT totals.*, entry.*,
                       CASE WHEN truncated THEN (
                           SELECT max(event.created_at)
                           FROM segments AS segment
                           CROSS JOIN LATERAL (
                               SELECT created_at FROM website_event
                               WHERE %2$s
                               ORDER BY created_at DESC
                               LIMIT 1) AS event)
                       ELSE last_counted END AS last_at,
                       ARRAY(SELECT device FROM seen WHERE device <> '' GROUP BY device ORDER BY device COLLATE "C") AS devices,
                       ARRAY(SELECT browser FROM seen WHERE browser <> '' GROUP BY browser ORDER BY browser COLLATE "C")
                           AS browsers,
                       ARRAY(SELECT country::text FROM seen WHERE country <> '' GROUP BY country ORDER BY country::text COLLATE "C")
                           AS countries,
                       (SELECT coalesce(json_agg(page), '[]') FROM (
                            SELECT url_path, count(*) AS pageviews
                            FROM owned
                            WHERE event_type = 1
                            GROUP BY url_path
                            ORDER BY count(*) DESC, url_path COLLATE "C"
                            LIMIT 10) AS page) AS top_pages
                FROM totals
                LEFT JOIN entry ON true
                """.formatted(
                        OwnedEvents.SEGMENTS,
                        OwnedEvents.IN_SEGMENT,
                        columns.session("device"),
                        columns.session("browser"),
                        columns.session("country"),
                        OwnedEvents.WITH_SESSION,
                        EntryQuery.first(columns));
    }
}
