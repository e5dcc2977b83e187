package com.vibnai.chaos;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the clients saw since the tally began. */
final class Tally {

    final AtomicInteger answered = new AtomicInteger();
    final AtomicInteger problems = new AtomicInteger();
    final AtomicInteger wrongErrors = new AtomicInteger();
    final AtomicInteger unreachable = new AtomicInteger();
    final AtomicInteger hung = new AtomicInteger();
    final AtomicInteger contradictions = new AtomicInteger();
    private final AtomicLong slowestProblem = new AtomicLong();
    private final AtomicLong lastFailure = new AtomicLong();
    private volatile String example = "";

    void problem(long nanos) {
        problems.incrementAndGet();
        slowestProblem.accumulateAndGet(nanos, Math::max);
        failed();
    }

    /** An answer that is neither a success nor a 503 problem with Retry-After. */
    void wrongError(String what) {
        wrongErrors.incrementAndGet();
        example = what;
        failed();
    }

    void unreachable() {
        unreachable.incrementAndGet();
        failed();
    }

    void hung() {
        hung.incrementAndGet();
        failed();
    }

    Duration slowestProblem() {
        return Duration.ofNanos(slowestProblem.get());
    }

    /** {@link System#nanoTime()} of the last failure, or 0. */
    long lastFailure() {
        return lastFailure.get();
    }

    String example() {
        return example;
    }

    private void failed() {
        lastFailure.set(System.nanoTime());
    }
}
