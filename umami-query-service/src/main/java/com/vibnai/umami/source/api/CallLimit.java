package com.vibnai.umami.source.api;

import com.vibnai.umami.platform.problem.ApiException;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.faulttolerance.api.RateLimitException;
import io.smallrye.faulttolerance.api.RateLimitType;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Lets a number of calls through within any window; what would have to wait too long is a 503 at once. */
final class CallLimit {

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

    private final Guard guard;
    private final AtomicReference<Instant> pausedUntil = new AtomicReference<>(Instant.MIN);

    CallLimit(int calls, Duration window) {
        this.guard = Guard.create()
                .withDescription("umami-api")
                .withRateLimit()
                .limit(calls)
                .window(window.toMillis(), ChronoUnit.MILLIS)
                .type(RateLimitType.ROLLING)
                .done()
                .build();
    }

    /** Ends when a call may be made; fails when that is not before {@code deadline}. */
    Uni<Void> permit(Instant deadline) {
        Duration wait = take();
        if (wait.isZero()) {
            return Uni.createFrom().voidItem();
        }
        if (Instant.now().plus(wait).isAfter(deadline)) {
            return Uni.createFrom().failure(busy(wait));
        }
        return Uni.createFrom().voidItem().onItem().delayIt().by(wait).flatMap(waited -> permit(deadline));
    }

    /** Umami itself says when to come back. */
    void pause(Duration time) {
        Instant end = Instant.now().plus(time);
        pausedUntil.accumulateAndGet(end, (a, b) -> a.isAfter(b) ? a : b);
    }

    static ApiException busy(Duration wait) {
        return ApiException.unavailable(
                "Umami's API allows no more calls for now; try again.",
                wait.plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
    }

    private Duration take() {
        Duration pause = Duration.between(Instant.now(), pausedUntil.get());
        if (pause.compareTo(Duration.ZERO) > 0) {
            return pause;
        }
        try {
            guard.get(() -> Boolean.TRUE, Boolean.class);
            return Duration.ZERO;
        } catch (RateLimitException e) {
            Duration wait = Duration.ofMillis(e.getRetryAfterMillis());
            return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
        }
    }
}
