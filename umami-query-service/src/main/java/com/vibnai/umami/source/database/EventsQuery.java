package com.vibnai.umami.source.database;

import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.Segment;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a user's events, backwards from the newest or forwards from where a reader stopped. First one probe a
 * segment finds out which could have a part in the page: of n events, the n segments whose own next event is nearest. So
 * thousands of sessions cost a probe each, not a page each.
 */
final class EventsQuery {

    private final UmamiDatabase umami;
    private final Function<UmamiColumns, String> latest = new Last<>(EventsQuery::latest);
    private final Function<UmamiColumns, String> next = new Last<>(EventsQuery::next);

    EventsQuery(UmamiDatabase umami) {
        this.umami = umami;
    }

    /** Newest first. */
    Uni<List<Event>> latest(List<Segment> segments, @Nullable EventPosition before, int size) {
        return umami.queryBySegment(latest, parameters(segments, before, size))
                .map(rows -> Rows.all(rows, Rows::event));
    }

    /** Oldest first. */
    Uni<List<Event>> next(List<Segment> segments, EventPosition after, int size) {
        return umami.queryBySegment(next, parameters(segments, after, size)).map(rows -> Rows.all(rows, Rows::event));
    }

    private static Tuple parameters(List<Segment> segments, @Nullable EventPosition position, int size) {
        return OwnedEvents.parameters(segments)
                .addValue(position == null ? null : OwnedEvents.time(position.occurredAt()))
                .addValue(position == null ? null : position.eventId())
                .addInteger(size);
    }

    private static String latest(UmamiColumns columns) {
        return page(
                columns,
                "(created_at, event_id) < (coalesce($6::timestamptz, 'infinity'),"
                        + " coalesce($7::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))",
                "DESC");
    }

    private static String next(UmamiColumns columns) {
        return page(columns, "(created_at, event_id) > ($6::timestamptz, $7::uuid)", "ASC");
    }

    private static String page(UmamiColumns columns, String beyond, String order) {
        return """
                WITH near AS MATERIALIZED (
                    SELECT segment.*
                    FROM %1$s
                    CROSS JOIN LATERAL (
                        SELECT created_at, event_id FROM website_event
                        WHERE %2$s AND %3$s
                        ORDER BY created_at %4$s, event_id %4$s
                        LIMIT 1) AS event
                    ORDER BY event.created_at %4$s, event.event_id %4$s
                    LIMIT $8
                )
                SELECT event.website_id, event.event_id, event.created_at, event.event_type, event.url_path,
                       event.session_id, event.visit_id, segment.shared,
                       %5$s, %6$s, %7$s, %8$s, %9$s, %10$s, %11$s, %12$s, %13$s, %14$s, %15$s, %16$s, %17$s
                FROM near AS segment
                CROSS JOIN LATERAL (
                    SELECT * FROM website_event
                    WHERE %2$s AND %3$s
                    ORDER BY created_at %4$s, event_id %4$s
                    LIMIT $8) AS event
                %18$s
                ORDER BY event.created_at %4$s, event.event_id %4$s
                LIMIT $8
                """.formatted(
                        OwnedEvents.SEGMENTS,
                        OwnedEvents.IN_SEGMENT,
                        beyond,
                        order,
                        columns.event("url_query"),
                        columns.event("page_title"),
                        columns.event("event_name"),
                        columns.event("referrer_domain"),
                        columns.hostname(),
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
