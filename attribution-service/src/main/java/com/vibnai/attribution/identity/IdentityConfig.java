package com.vibnai.attribution.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How identity links are read, and how many are kept. */
@ConfigMapping(prefix = "attribution.identity")
public interface IdentityConfig {

    /** How far a before_login interval reaches beyond the first sight and the login: clocks and networks are not exact. */
    @WithDefault("5s")
    Duration grace();

    /** Links that one user has at most, 1 to 1,000,000; more are refused with 409. A login on a new device makes one or two. */
    @WithDefault("5000")
    @Min(1)
    @Max(1000000)
    int linksPerUser();

    /** Users that one session has at most, 1 to 100,000; more are refused with 409. A shared computer has some. */
    @WithDefault("200")
    @Min(1)
    @Max(100000)
    int usersPerSession();
}
