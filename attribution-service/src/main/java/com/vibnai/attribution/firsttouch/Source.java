package com.vibnai.attribution.firsttouch;

import java.util.Locale;

/** Where a touch was captured. */
enum Source {
    /** A page told it. */
    BROWSER,
    /** A server told it. */
    SERVER,
    /** A server passed the tracker's cookie on. */
    COOKIE,
    /** It came with a list of users that were there before. */
    IMPORT,
    /** umami-query-service read it off the first events of the user's sessions. */
    UMAMI;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where a link that came with the signup is from. */
    String ofLink() {
        return this == BROWSER ? BROWSER.label() : SERVER.label();
    }
}
