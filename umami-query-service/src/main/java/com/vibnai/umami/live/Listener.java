package com.vibnai.umami.live;

import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One open stream. Its poller's thread alone sends; {@link #delivered} is called by whoever writes to the socket. A stream
 * that falls too far behind ends: nothing is kept for it without bound, and its last id lets it go on.
 */
final class Listener {

    private final MultiEmitter<? super LiveMessage> stream;
    private final Duration lateness;
    private final int room;
    private final Runnable cutOff;
    private final AtomicInteger waiting = new AtomicInteger();
    private @Nullable LivePosition position;
    private State state = State.OPENING;
    private boolean resuming;
    private boolean gap;

    /** Where a stream is. */
    private enum State {
        OPENING,
        READY,
        UNAVAILABLE,
        ENDED
    }

    /**
     * A stream that goes on after {@code resumed}, or starts now if that is null.
     *
     * @param room messages that may wait for the socket
     * @param cutOff called when more would have to
     */
    Listener(
            MultiEmitter<? super LiveMessage> stream,
            @Nullable LivePosition resumed,
            Duration lateness,
            int room,
            Runnable cutOff) {
        this.stream = stream;
        this.lateness = lateness;
        this.room = room;
        this.cutOff = cutOff;
        this.position = resumed;
        this.resuming = resumed != null;
    }

    /** Whether it has yet to be told where it starts. */
    boolean isNew() {
        return position == null;
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    /** Where reading has to begin for it; null for one that starts now. */
    @Nullable
    EventPosition floor() {
        return position == null ? null : position.floor();
    }

    /** Takes what was read, oldest first; {@code cut} if there is more. Answers how much of it was new. */
    int take(List<Event> events, boolean cut, Instant now) {
        if (position == null) {
            return 0;
        }
        if (cut && resuming) {
            position = null;
            gap = true;
            return 0;
        }
        resuming = false;
        becomeReady(position);
        int sent = 0;
        for (Event event : events) {
            sent += send(event, now) ? 1 : 0;
        }
        return sent;
    }

    /** Starts it after the latest events there are. */
    void start(List<Event> latest, Instant now) {
        LivePosition start =
                LivePosition.after(latest.stream().map(Event::position).toList(), now, lateness);
        position = start;
        resuming = false;
        if (gap) {
            gap = false;
            emit(new LiveMessage.Gap(start));
        }
        becomeReady(start);
    }

    /** Says that nothing can be read now; once. */
    void unavailable(String detail) {
        if (state == State.OPENING || state == State.READY) {
            state = State.UNAVAILABLE;
            emit(new LiveMessage.Unavailable(detail));
        }
    }

    void heartbeat() {
        emit(new LiveMessage.Heartbeat());
    }

    void end(LiveMessage.Reason reason) {
        if (state != State.ENDED) {
            state = State.ENDED;
            stream.emit(new LiveMessage.End(reason)).complete();
        }
    }

    /** A message has left for the socket. */
    void delivered() {
        waiting.decrementAndGet();
    }

    private void becomeReady(LivePosition start) {
        if (state == State.OPENING || state == State.UNAVAILABLE) {
            state = State.READY;
            emit(new LiveMessage.Ready(start));
        }
    }

    private boolean send(Event event, Instant now) {
        LivePosition before = position;
        if (before == null || !before.lacks(event.position())) {
            return false;
        }
        LivePosition after = before.with(event.position(), now, lateness);
        position = after;
        emit(new LiveMessage.Arrived(event, after));
        return true;
    }

    private void emit(LiveMessage message) {
        if (state == State.ENDED) {
            return;
        }
        if (waiting.incrementAndGet() > room) {
            end(LiveMessage.Reason.SLOW);
            cutOff.run();
        } else {
            stream.emit(message);
        }
    }
}
