package com.vibnai.testkit.umami.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** A number of calls within any 15 seconds. */
final class CallLimit {

    static final Duration WINDOW = Duration.ofSeconds(15);

    private final int calls;
    private final InstantSource clock;
    private final Deque<Instant> taken = new ArrayDeque<>();

    CallLimit(int calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /** Zero when the call may go on, else the seconds until one may. */
    synchronized long take() {
        if (calls == 0) {
            return 0;
        }
        Instant now = clock.instant();
        while (!taken.isEmpty() && !taken.getFirst().plus(WINDOW).isAfter(now)) {
            taken.removeFirst();
        }
        if (taken.size() < calls) {
            taken.addLast(now);
            return 0;
        }
        Duration left = Duration.between(now, taken.getFirst().plus(WINDOW));
        return Math.max(1, left.plusMillis(999).toSeconds());
    }
}
