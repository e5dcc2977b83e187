package com.vibnai.umami.trail;

import com.vibnai.umami.identity.OwnedEvents;
import com.vibnai.umami.identity.Segment;
import com.vibnai.umami.platform.UmamiColumns;
import com.vibnai.umami.platform.UmamiDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the latest events of a user. */
@ApplicationScoped
class TrailRepository {

    private final UmamiDatabase umami;

    TrailRepository(UmamiDatabase umami) {
        this.umami = umami;
    }

    /** The {@code size} latest events of the segments before {@code cursor}, newest first. */
    Uni<List<TrailEvent>> latest(List<Segment> segments, @Nullable TrailCursor cursor, int size) {
        if (segments.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Tuple parameters = OwnedEvents.parameters(segments)
                .addValue(cursor == null ? null : cursor.occurredAt().atOffset(ZoneOffset.UTC))
                .addValue(cursor == null ? null : cursor.eventId())
                .addInteger(size);
        return umami.query(TrailRepository::latest, parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(TrailEvent::from)
                        .toList());
    }

    private static String latest(UmamiColumns columns) {
        return """
                SELECT event.event_id, event.created_at, event.event_type, event.url_path, event.url_query,
                       event.page_title, event.event_name, event.referrer_domain, event.session_id, event.visit_id,
                       session.device, session.browser, session.os, session.screen, session.country, session.city,
                       segment.shared, %s AS hostname, %s AS region
                FROM %s
                CROSS JOIN LATERAL (
                    SELECT * FROM website_event
                    WHERE %s
                        AND (created_at, event_id) < (
                            coalesce($6::timestamptz, 'infinity'),
                            coalesce($7::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
                    ORDER BY created_at DESC, event_id DESC
                    LIMIT $8) AS event
                LEFT JOIN session ON session.session_id = event.session_id
                ORDER BY event.created_at DESC, event.event_id DESC
                LIMIT $8
                """.formatted(columns.hostname(), columns.region(), OwnedEvents.SEGMENTS, OwnedEvents.IN_SEGMENT);
    }
}
