package com.vibnai.umami.trail;

import com.vibnai.umami.identity.Identity;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.EventSource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user's latest events. */
@ApplicationScoped
public class TrailService {

    /** Events of a page when no number is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    /** Events of a page at most. */
    public static final int MAX_LIMIT = 200;

    private final EventSource source;

    TrailService(EventSource source) {
        this.source = source;
    }

    /** The latest page of {@link #DEFAULT_LIMIT} events. */
    public Uni<TrailResponse> latest(String userId, Identity identity) {
        return page(userId, identity, DEFAULT_LIMIT, null, false);
    }

    Uni<TrailResponse> page(
            String userId, Identity identity, int limit, @Nullable EventPosition before, boolean withData) {
        if (identity.segments().isEmpty()) {
            return Uni.createFrom().item(new TrailResponse(userId, List.of(), null, identity.how()));
        }
        return source.latest(identity.segments(), before, limit + 1)
                .flatMap(found -> response(userId, identity, limit, found, withData));
    }

    private Uni<TrailResponse> response(
            String userId, Identity identity, int limit, List<Event> found, boolean withData) {
        boolean more = found.size() > limit;
        List<Event> shown = more ? found.subList(0, limit) : found;
        String cursor = more ? TrailCursor.of(shown.get(limit - 1).position()) : null;
        return events(shown, withData).map(items -> new TrailResponse(userId, items, cursor, identity.how()));
    }

    private Uni<List<TrailEvent>> events(List<Event> shown, boolean withData) {
        if (!withData) {
            return Uni.createFrom()
                    .item(shown.stream()
                            .map(event -> TrailEvent.of(event, null))
                            .toList());
        }
        return shown.isEmpty()
                ? Uni.createFrom().item(List.of())
                : source.data(shown).map(data -> withData(shown, data));
    }

    private static List<TrailEvent> withData(List<Event> shown, Map<UUID, Map<String, Object>> data) {
        return shown.stream()
                .map(event -> TrailEvent.of(event, data.getOrDefault(event.eventId(), Map.of())))
                .toList();
    }
}
