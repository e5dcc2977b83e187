package com.vibnai.umami.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How much of Umami's database one answer may take. */
@ConfigMapping(prefix = "umami.query")
public interface QueryConfig {

    /** PostgreSQL ends a statement of ours after this long; the caller gets a 503. */
    @WithDefault("3s")
    Duration statementTimeout();

    /** The whole answer, waiting for a connection included, takes at most this long; then it is a 503. */
    @WithDefault("5s")
    Duration timeout();

    /** Events of one session that are counted at most, 1,000 to 1,000,000. */
    @WithDefault("200000")
    @Min(1000)
    @Max(1000000)
    int eventsPerSession();
}
