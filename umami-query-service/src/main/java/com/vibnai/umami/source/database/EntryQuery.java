package com.vibnai.umami.source.database;

import com.vibnai.umami.source.Entry;
import com.vibnai.umami.source.Segment;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The first event of a user. */
final class EntryQuery {

    /** Columns of website_event that some versions lack. */
    private static final List<String> OPTIONAL = List.of(
            "url_query",
            "page_title",
            "referrer_domain",
            "referrer_path",
            "referrer_query",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "gclid",
            "fbclid",
            "msclkid",
            "ttclid",
            "li_fat_id",
            "twclid");

    private final UmamiDatabase umami;

    EntryQuery(UmamiDatabase umami) {
        this.umami = umami;
    }

    Uni<Optional<Entry>> first(List<Segment> segments) {
        return umami.queryBySegment(EntryQuery::first, OwnedEvents.parameters(segments))
                .map(rows -> Rows.all(rows, Rows::entry).stream().findFirst());
    }

    /** The first event of each segment that has one. */
    Uni<List<Entry>> firstOfEach(List<Segment> segments) {
        return umami.queryBySegment(EntryQuery::firstOfEach, OwnedEvents.parameters(segments))
                .map(rows -> Rows.all(rows, Rows::entry));
    }

    private static String firstOfEach(UmamiColumns columns) {
        return """
                SELECT event.website_id, event.session_id, event.event_id, event.created_at, event.url_path, %s
                FROM %s
                CROSS JOIN LATERAL (
                    SELECT * FROM website_event
                    WHERE %s
                    ORDER BY created_at, event_id
                    LIMIT 1) AS event
                %s
                """.formatted(columns(columns), OwnedEvents.SEGMENTS, OwnedEvents.IN_SEGMENT, OwnedEvents.WITH_SESSION);
    }

    private static String columns(UmamiColumns columns) {
        return Stream.concat(OPTIONAL.stream().map(columns::event), Stream.of(columns.hostname()))
                .collect(Collectors.joining(", "));
    }

    /** One row or none; its parameters are those of the segments. */
    static String first(UmamiColumns columns) {
        return """
                WITH first AS (
                    SELECT event.*
                    FROM %s
                    CROSS JOIN LATERAL (
                        SELECT * FROM website_event
                        WHERE %s
                        ORDER BY created_at, event_id
                        LIMIT 1) AS event
                    ORDER BY event.created_at, event.event_id
                    LIMIT 1
                )
                SELECT event.website_id, event.session_id, event.event_id, event.created_at, event.url_path, %s
                FROM first AS event
                %s
                """.formatted(OwnedEvents.SEGMENTS, OwnedEvents.IN_SEGMENT, columns(columns), OwnedEvents.WITH_SESSION);
    }
}
