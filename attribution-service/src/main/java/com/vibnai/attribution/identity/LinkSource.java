package com.vibnai.attribution.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Who told of a link. */
public enum LinkSource {
    /** A page, at a login. */
    @JsonProperty("browser")
    BROWSER,
    /** A server of the application. */
    @JsonProperty("server")
    SERVER,
    /** umami-query-service, which found it in Umami. */
    @JsonProperty("umami")
    UMAMI;

    /** As stored. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The source with this label. */
    public static LinkSource of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
