package com.vibnai.umami.firsttouch;

import com.vibnai.umami.identity.Identity;
import com.vibnai.umami.source.Entry;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.EventSource;
import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.Window;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds a user's first touch: the first event before the signup that is not direct, else the first event. */
@ApplicationScoped
class FirstTouchService {

    /** Events that are looked at, from the first one on. */
    private static final int MOST = 200;

    private static final EventPosition BEGINNING = new EventPosition(Instant.EPOCH, new UUID(0, 0));
    private static final Duration INSTANT = Duration.ofMillis(1);

    private final EventSource source;

    FirstTouchService(EventSource source) {
        this.source = source;
    }

    /** Nothing if there is no event of the user before the signup. */
    Uni<Optional<RecoveredTouch>> of(Identity identity) {
        List<Segment> segments = beforeSignup(identity);
        if (segments.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return source.first(segments).flatMap(first -> first.map(RecoveredTouch::of)
                .filter(RecoveredTouch::isDirect)
                .map(direct -> source.next(segments, BEGINNING, MOST)
                        .flatMap(this::notDirect)
                        .map(better -> better.or(() -> Optional.of(direct))))
                .orElseGet(() -> Uni.createFrom().item(first.map(RecoveredTouch::of))));
    }

    /** The last touch before the signup that is not direct, of the last events; nothing if there is none among them. */
    Uni<Optional<RecoveredTouch>> last(Identity identity) {
        List<Segment> segments = beforeSignup(identity);
        return segments.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : source.latest(segments, null, MOST).flatMap(this::notDirect);
    }

    private static List<Segment> beforeSignup(Identity identity) {
        Instant signedUp = identity.signedUpAt();
        return signedUp == null
                ? identity.segments()
                : identity.within(new Window(null, null, signedUp.plus(INSTANT)))
                        .segments();
    }

    /** What the first of these events says that says anything. */
    private Uni<Optional<RecoveredTouch>> notDirect(List<Event> events) {
        return events.stream()
                .filter(RecoveredTouch::saysSomething)
                .findFirst()
                .map(this::entry)
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(entry -> entry.map(RecoveredTouch::of).filter(touch -> !touch.isDirect()));
    }

    private Uni<Optional<Entry>> entry(Event event) {
        Instant at = event.occurredAt();
        return source.first(
                List.of(new Segment(event.websiteId(), event.sessionId(), at, at.plus(INSTANT), event.shared())));
    }
}
