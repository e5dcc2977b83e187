package com.vibnai.attribution.firsttouch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How signups are written: while one batch commits, the next one gathers. */
@ConfigMapping(prefix = "attribution.ingest")
public interface IngestConfig {

    /** Signups that may wait, 1 to 1,000,000; one more answers 503 with Retry-After. Each takes some KB of memory. */
    @WithDefault("10000")
    @Min(1)
    @Max(1000000)
    int queue();

    /** Signups that one statement writes at most, 1 to 5,000. */
    @WithDefault("256")
    @Min(1)
    @Max(5000)
    int batch();

    /** Batches that are written at the same time, 1 to 16; each has one connection of the pool. */
    @WithDefault("2")
    @Min(1)
    @Max(16)
    int lanes();

    /** A signup that waited longer is answered 503 instead of being written; shorter than the timeout. */
    @WithDefault("3s")
    Duration longestWait();

    /**
     * What is not stored so long after its arrival is answered 503, whatever becomes of it: a batch has what its oldest
     * signup's wait has left of it.
     */
    @WithDefault("5s")
    Duration timeout();
}
