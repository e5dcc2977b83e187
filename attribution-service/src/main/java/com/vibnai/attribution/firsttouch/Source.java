package com.vibnai.attribution.firsttouch;

import java.util.Locale;

/** Where a touch was captured. */
enum Source {
    BROWSER,
    SERVER;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
