package com.vibnai.attribution.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How identity links are read. */
@ConfigMapping(prefix = "attribution.identity")
public interface IdentityConfig {

    /** How far a before_login interval reaches beyond the first sight and the login: clocks and networks are not exact. */
    @WithDefault("5s")
    Duration grace();
}
