package com.vibnai.umami.sitefunnel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What funnels of the site may take. */
@ConfigMapping(prefix = "umami.site-funnel")
interface SiteFunnelConfig {

    /** The whole answer takes at most this long; then it is a 503. */
    @WithDefault("15s")
    Duration timeout();

    /** Funnels that are worked out at the same time, 1 to 8; further ones are refused with 429. */
    @WithDefault("2")
    @Min(1)
    @Max(8)
    int atOnce();
}
