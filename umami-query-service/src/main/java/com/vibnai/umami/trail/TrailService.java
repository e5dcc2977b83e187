package com.vibnai.umami.trail;

import com.vibnai.umami.identity.Identity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's latest events. */
@ApplicationScoped
public class TrailService {

    /** Events of a page when no number is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    /** Events of a page at most. */
    public static final int MAX_LIMIT = 200;

    private final TrailRepository events;

    TrailService(TrailRepository events) {
        this.events = events;
    }

    /** The latest page of {@link #DEFAULT_LIMIT} events. */
    public Uni<TrailResponse> latest(String userId, Identity identity) {
        return page(userId, identity, DEFAULT_LIMIT, null);
    }

    Uni<TrailResponse> page(String userId, Identity identity, int limit, @Nullable TrailCursor cursor) {
        return events.latest(identity.segments(), cursor, limit + 1)
                .map(found -> response(userId, identity, limit, found));
    }

    private static TrailResponse response(String userId, Identity identity, int limit, List<TrailEvent> found) {
        boolean more = found.size() > limit;
        List<TrailEvent> shown = more ? found.subList(0, limit) : found;
        TrailEvent last = more ? shown.get(limit - 1) : null;
        return new TrailResponse(
                userId,
                shown,
                last == null ? null : new TrailCursor(last.occurredAt(), last.eventId()).toString(),
                identity.toResponse());
    }
}
