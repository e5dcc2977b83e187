package com.vibnai.attribution.firsttouch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What imports and exports may take. */
@ConfigMapping(prefix = "attribution.bulk")
public interface BulkConfig {

    /** Exports that stream at the same time, 1 to 8; each has one connection of the pool. One more answers 503. */
    @WithDefault("2")
    @Min(1)
    @Max(8)
    int exports();

    /** Batch calls that are written at the same time, 1 to 8; each has one connection of the pool. One more answers 503. */
    @WithDefault("2")
    @Min(1)
    @Max(8)
    int imports();
}
