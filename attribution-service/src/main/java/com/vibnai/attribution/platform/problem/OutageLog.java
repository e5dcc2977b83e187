package com.vibnai.attribution.platform.problem;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Says that something is down once in a while, however many requests find it so: a line for each of them would fill the disk
 * that may be what is wrong.
 */
final class OutageLog {

    private final Consumer<String> log;
    private final String outage;
    private final Bucket lines;
    private final AtomicLong unsaid = new AtomicLong();

    /** Writes a line each {@code every} at most. */
    OutageLog(Consumer<String> log, String outage, Duration every) {
        this.log = log;
        this.outage = outage;
        this.lines = Bucket.builder()
                .addLimit(limit -> limit.capacity(1).refillIntervally(1, every))
                .build();
    }

    /** A request has found it down, by this failure. */
    void met(Throwable failure) {
        unsaid.incrementAndGet();
        if (lines.tryConsume(1)) {
            log.accept("%s: %s (requests since the last such line: %d)"
                    .formatted(outage, failure.getMessage(), unsaid.getAndSet(0)));
        }
    }
}
