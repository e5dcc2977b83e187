package com.vibnai.attribution.privacy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How erasure works. */
@ConfigMapping(prefix = "attribution.privacy")
public interface PrivacyConfig {

    /**
     * How long after an erasure late writes about the user are refused, whatever queue or retry they come from. Zero refuses
     * none.
     */
    @WithDefault("30D")
    Duration block();
}
