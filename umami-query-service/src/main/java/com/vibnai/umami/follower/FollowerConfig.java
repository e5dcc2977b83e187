package com.vibnai.umami.follower;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The follower of Umami's tables. */
@ConfigMapping(prefix = "umami.follower")
public interface FollowerConfig {

    /** Whether it runs; the key for attribution-service then needs the scope {@code ingest}, too. */
    @WithDefault("false")
    boolean enabled();

    /** Time between two looks when there is nothing more to do. */
    @WithDefault("5s")
    Duration interval();

    /** Rows of one step at most, 10 to 5,000. */
    @WithDefault("1000")
    @Min(10)
    @Max(5000)
    int batch();

    /** How much later than its own time a row may appear and still be found. */
    @WithDefault("2M")
    Duration lateness();

    /** Another replica goes on when this long nothing was heard of one. */
    @WithDefault("30s")
    Duration lease();
}
