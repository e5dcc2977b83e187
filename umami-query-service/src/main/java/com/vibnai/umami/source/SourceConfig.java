package com.vibnai.umami.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where events come from. */
@ConfigMapping(prefix = "umami")
public interface SourceConfig {

    /** {@code database}: Umami's PostgreSQL. {@code api}: Umami's REST API, for Umami Cloud. */
    @WithDefault("database")
    Kind source();

    /** The two sources. */
    enum Kind {
        /** Umami's PostgreSQL. */
        DATABASE,
        /** Umami's REST API. */
        API
    }
}
