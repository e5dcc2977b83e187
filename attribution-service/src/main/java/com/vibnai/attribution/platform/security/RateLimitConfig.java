package com.vibnai.attribution.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How many calls are taken, by each process. More answer 429 with Retry-After. */
@ConfigMapping(prefix = "attribution.rate-limit")
public interface RateLimitConfig {

    /** Calls a second with one server key, 0 to 10,000,000; 0 is no limit. A second's worth may come at once. */
    @WithDefault("20000")
    @Min(0)
    @Max(10000000)
    int key();

    /**
     * Calls a second from one address without a server key: of pages, of tokens, of wrong keys; 0 to 10,000,000, 0 is no
     * limit.
     */
    @WithDefault("50")
    @Min(0)
    @Max(10000000)
    int address();

    /** Calls that one address may make at once before {@link #address()} counts, 1 to 10,000,000. */
    @WithDefault("500")
    @Min(1)
    @Max(10000000)
    int addressBurst();

    /** Addresses remembered at most, 1 to 10,000,000; the least used are forgotten. About 200 bytes each. */
    @WithDefault("100000")
    @Min(1)
    @Max(10000000)
    int addresses();
}
