package com.vibnai.attribution.firsttouch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What imports and exports may take. */
@ConfigMapping(prefix = "attribution.bulk")
public interface BulkConfig {

    /** Exports that stream at the same time, 1 to 8; each has one connection of the pool. One more answers 503. */
    @WithDefault("2")
    @Min(1)
    @Max(8)
    int exports();

    /**
     * Longest time from one part of an export to the next, 1 s to 10 min. A reader that takes nothing for so long, or a
     * database that gives nothing, ends the export, which gives its connection and its place back.
     */
    @WithDefault("30s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration exportStall();

    /** Batch calls that are written at the same time, 1 to 8; each has one connection of the pool. One more answers 503. */
    @WithDefault("2")
    @Min(1)
    @Max(8)
    int imports();
}
