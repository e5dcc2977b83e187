package com.vibnai.umami.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;

/** How much of Umami one answer may take, and how its tables are read. */
@ConfigMapping(prefix = "umami.query")
public interface QueryConfig {

    /** PostgreSQL ends a statement of ours after this long; the caller gets a 503. */
    @WithDefault("3s")
    Duration statementTimeout();

    /** The whole answer, waiting for a connection included, takes at most this long; then it is a 503. */
    @WithDefault("5s")
    Duration timeout();

    /** How long to wait for a connection, or for one to be made; then it is a 503. */
    @WithDefault("2s")
    Duration acquireTimeout();

    /** A connection on which nothing moves for this long is given up. Has to be more than any statement may take. */
    @WithDefault("20s")
    Duration silence();

    /** Events that one answer counts at most, 1,000 to 10,000,000; where there are more, it says so. */
    @WithDefault("200000")
    @Min(1000)
    @Max(10000000)
    int events();

    /** Events that one funnel of the site looks through at most, 1,000 to 100,000,000; where there are more, it says so. */
    @WithDefault("500000")
    @Min(1000)
    @Max(100000000)
    int siteEvents();

    /** Sessions of one user that are looked at, at most, 100 to 100,000; where there are more, the answer says so. */
    @WithDefault("10000")
    @Min(100)
    @Max(100000)
    int sessions();

    /** Keys under which a site tells Umami a user's id (identify with an object), the most trusted first. */
    @WithDefault("userId,user_id,id")
    @NotEmpty
    List<String> userIdKeys();

    /** How often to look whether Umami's tables have changed. */
    @WithDefault("10M")
    Duration detectEvery();
}
