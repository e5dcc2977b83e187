package com.vibnai.tracker.install;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What the install page fills in. The tracker itself takes everything from its script tag. */
@ConfigMapping(prefix = "tracker")
public interface TrackerConfig {

    /** Umami's id of the website. */
    Optional<String> umamiWebsiteId();

    /** Address of Umami's script, as browsers reach it. */
    Optional<String> umamiScriptUrl();

    /** Address of attribution-service, as browsers reach it. */
    Optional<String> attributionUrl();

    /** A publishable key of attribution-service. */
    Optional<String> publishableKey();
}
