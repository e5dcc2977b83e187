package com.vibnai.tracker.install;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** What the install page fills in. The tracker itself takes everything from its script tag. */
@ConfigMapping(prefix = "tracker")
public interface TrackerConfig {

    /** Umami's id of the website. */
    Optional<String> umamiWebsiteId();

    /** Address of Umami's script, as browsers reach it. With first-party mode it is this service's own. */
    Optional<String> umamiScriptUrl();

    /** Address of attribution-service, as browsers reach it. With first-party mode it is this service's own. */
    Optional<String> attributionUrl();

    /** A publishable key of attribution-service. */
    Optional<String> publishableKey();

    /** Address of this service, as browsers reach it. Default: where the install page was opened. */
    Optional<URI> publicUrl();
}
