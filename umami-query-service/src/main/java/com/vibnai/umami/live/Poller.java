package com.vibnai.umami.live;

import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for new events of one user, for all who listen; one look at a time. Everything happens on one Vert.x context, so
 * there is nothing to lock. A look reads from where the listener stands that is furthest behind; each takes what it lacks.
 */
final class Poller {

    private static final String UNAVAILABLE = "Umami does not answer in time; the stream tries on.";

    /** Messages that are handed on in one turn of the event loop, more or less. */
    private static final int AT_ONCE = 100;

    private final String userId;
    private final LiveEvents events;
    private final Context context;
    private final int most;
    private final List<Listener> listeners = new ArrayList<>();
    private Pace pace;
    private boolean looking;
    private boolean hurried;
    private @Nullable Long timer;

    /** Reads at most {@code most} events in a look: more than {@link LivePosition#MOST}, or old ones could fill it. */
    Poller(String userId, LiveEvents events, Context context, Pace pace, int most) {
        this.userId = userId;
        this.events = events;
        this.context = context;
        this.pace = pace;
        this.most = most;
    }

    void add(Listener listener) {
        listeners.add(listener);
        pace = pace.busy();
        lookNow();
    }

    void remove(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            stopTimer();
        }
    }

    boolean isIdle() {
        return listeners.isEmpty();
    }

    List<Listener> listeners() {
        return List.copyOf(listeners);
    }

    private void lookNow() {
        if (looking) {
            hurried = true;
        } else {
            stopTimer();
            look();
        }
    }

    private void look() {
        looking = true;
        hurried = false;
        EventPosition floor = listeners.stream()
                .map(Listener::floor)
                .filter(Objects::nonNull)
                .reduce(LivePosition::earlier)
                .orElse(null);
        if (floor == null) {
            start(0);
        } else {
            ask(() -> events.next(userId, floor, most + 1), this::hand);
        }
    }

    private void hand(List<Event> read) {
        boolean cut = read.size() > most;
        List<Event> shown = cut ? read.subList(0, most) : read;
        hurried |= cut;
        hand(listeners().iterator(), shown, cut, Instant.now(), 0);
    }

    /** Gives the event loop back in between: many who listen to a busy user must not keep everybody else waiting. */
    private void hand(Iterator<Listener> left, List<Event> shown, boolean cut, Instant now, int news) {
        int busiest = news;
        int handed = 0;
        while (left.hasNext() && handed < AT_ONCE) {
            int taken = left.next().take(shown, cut, now);
            handed += taken;
            busiest = Math.max(busiest, taken);
        }
        if (left.hasNext()) {
            int soFar = busiest;
            // A timer, because what is run on the context goes before what comes from the network.
            context.owner().setTimer(1, fired -> context.runOnContext(next -> hand(left, shown, cut, now, soFar)));
        } else {
            start(busiest);
        }
    }

    private void start(int news) {
        if (listeners.stream().anyMatch(Listener::isNew)) {
            ask(() -> events.latest(userId, LivePosition.MOST), latest -> {
                Instant now = Instant.now();
                listeners().stream().filter(Listener::isNew).forEach(listener -> listener.start(latest, now));
                done(news);
            });
        } else {
            done(news);
        }
    }

    private void done(int news) {
        pace = news > 0 ? pace.busy() : pace.idle();
        rest();
    }

    private void fail(Throwable failure) {
        String detail = failure instanceof ApiException known ? known.getMessage() : UNAVAILABLE;
        listeners().forEach(listener -> listener.unavailable(detail == null ? UNAVAILABLE : detail));
        pace = pace.idle();
        hurried = false;
        rest();
    }

    private void rest() {
        looking = false;
        listeners.removeIf(Listener::hasEnded);
        if (listeners.isEmpty()) {
            return;
        }
        if (hurried) {
            look();
        } else {
            timer = context.owner()
                    .setTimer(
                            pace.current().toMillis(),
                            fired -> context.runOnContext(ignored -> {
                                timer = null;
                                lookNow();
                            }));
        }
    }

    private void stopTimer() {
        if (timer != null) {
            context.owner().cancelTimer(timer);
            timer = null;
        }
    }

    /** Asks on a context of its own, as a request would; the answer comes back to ours. */
    private <T> void ask(Supplier<Uni<T>> question, Consumer<T> answer) {
        VertxContext.createNewDuplicatedContext(context).runOnContext(ignored -> Uni.createFrom()
                .deferred(question::get)
                .subscribe()
                .with(
                        item -> context.runOnContext(back -> answer.accept(item)),
                        failure -> context.runOnContext(back -> fail(failure))));
    }
}
