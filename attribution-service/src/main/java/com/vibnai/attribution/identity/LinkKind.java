package com.vibnai.attribution.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a link claims of a session. */
public enum LinkKind {
    /** The anonymous session at login: this visitor's events up to the login. */
    @JsonProperty("before_login")
    BEFORE_LOGIN,
    /** A session that carries the user's own id: all of it. */
    @JsonProperty("identified")
    IDENTIFIED,
    /** A session that several people may share: from the login until the next one's. */
    @JsonProperty("session")
    SESSION;

    /** As stored. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this label. */
    public static LinkKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
