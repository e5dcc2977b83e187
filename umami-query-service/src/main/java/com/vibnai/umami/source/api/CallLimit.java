package com.vibnai.umami.source.api;

import com.vibnai.umami.platform.problem.ApiException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets a number of calls through within any window: each call gets the next moment at which one may be made, or, when that
 * is too late, a 503 at once. (A token bucket lets twice the number through around the end of a window; the rolling window
 * of SmallRye Fault Tolerance counts refused attempts, too.)
 */
final class CallLimit {

    private final int calls;
    private final Duration window;
    private final Deque<Instant> moments = new ArrayDeque<>();
    private Instant pausedUntil = Instant.MIN;

    CallLimit(int calls, Duration window) {
        this.calls = calls;
        this.window = window;
    }

    /** Ends when a call may be made; fails when that is not before {@code deadline}. */
    Uni<Void> permit(Instant deadline) {
        Instant now = Instant.now();
        Instant moment = reserve(now, deadline);
        return moment.isAfter(now)
                ? Uni.createFrom().voidItem().onItem().delayIt().by(Duration.between(now, moment))
                : Uni.createFrom().voidItem();
    }

    /** The next free moment, taken with this; 503 if it is after {@code deadline}. */
    synchronized Instant reserve(Instant now, Instant deadline) {
        Instant free =
                moments.size() < calls ? now : later(now, moments.getFirst().plus(window));
        Instant moment = later(free, pausedUntil);
        if (moment.isAfter(deadline)) {
            throw busy(Duration.between(now, moment));
        }
        if (moments.size() == calls) {
            moments.removeFirst();
        }
        moments.addLast(moment);
        return moment;
    }

    /** Umami itself says when to come back. */
    synchronized void pause(Duration time) {
        pausedUntil = later(pausedUntil, Instant.now().plus(time));
    }

    static ApiException busy(Duration wait) {
        return ApiException.unavailable(
                "Umami's API allows no more calls for now; try again.",
                wait.plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
