package com.vibnai.umami.live;

import com.vibnai.umami.identity.Identity;
import com.vibnai.umami.identity.IdentityService;
import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.EventSource;
import com.vibnai.umami.source.Segment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Reads a user's events for a stream. Who was where is asked each time, so that a new login is seen at once. */
@ApplicationScoped
class LiveEvents {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final IdentityService identities;
    private final EventSource source;

    LiveEvents(IdentityService identities, EventSource source) {
        this.identities = identities;
        this.source = source;
    }

    /** The latest events, newest first. */
    Uni<List<Event>> latest(String userId, int size) {
        return read(userId, segments -> source.latest(segments, null, size));
    }

    /** The earliest events after {@code after}, oldest first. */
    Uni<List<Event>> next(String userId, EventPosition after, int size) {
        return read(userId, segments -> source.next(segments, after, size));
    }

    private Uni<List<Event>> read(String userId, Function<List<Segment>, Uni<List<Event>>> read) {
        return identities
                .of(userId)
                .invoke(LiveEvents::refuseHalfAnAnswer)
                .flatMap(identity -> identity.segments().isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : read.apply(identity.segments()));
    }

    /** Events of sessions that only attribution-service knows would be passed over for good. */
    private static void refuseHalfAnAnswer(Identity identity) {
        if (identity.how().degraded()) {
            throw ApiException.unavailable("attribution-service does not answer; the stream tries on.", RETRY);
        }
    }
}
