package com.vibnai.attribution.platform;

import com.vibnai.attribution.platform.problem.ApiException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How many may do something long at once. */
public final class Permits {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final String busy;
    private final AtomicInteger free;

    /** With {@code many} permits, and what to say when all are taken. */
    public Permits(int many, String busy) {
        this.free = new AtomicInteger(many);
        this.busy = busy;
    }

    /** Takes one; 503 if there is none. */
    public void take() {
        if (free.getAndUpdate(n -> n > 0 ? n - 1 : 0) == 0) {
            throw ApiException.unavailable(busy, RETRY);
        }
    }

    /** Gives one back. */
    public void giveBack() {
        free.incrementAndGet();
    }
}
