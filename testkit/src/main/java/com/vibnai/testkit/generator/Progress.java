package com.vibnai.testkit.generator;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Says once a second how far the work is. */
public final class Progress {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final long goal;
    private final Consumer<String> line;
    private final Instant start = Instant.now();
    private final AtomicLong done = new AtomicLong();
    private Instant next = start.plus(INTERVAL);

    /** {@code line} takes each line as it comes. */
    public Progress(long goal, Consumer<String> line) {
        this.goal = goal;
        this.line = line;
    }

    /** So many events more. */
    void add(long events) {
        long now = done.addAndGet(events);
        if (Instant.now().isBefore(next)) {
            return;
        }
        report(now);
    }

    /** Something else than events. */
    void step(String what) {
        line.accept(what);
    }

    private synchronized void report(long now) {
        if (Instant.now().isBefore(next)) {
            return;
        }
        next = Instant.now().plus(INTERVAL);
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        double rate = now / seconds;
        line.accept(String.format(
                Locale.ROOT,
                "%,d of %,d events, %d %%, %,.0f/s, %.0f s left",
                now,
                goal,
                100 * now / goal,
                rate,
                (goal - now) / rate));
    }
}
