package com.vibnai.attribution.acquisition;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What reports tell touches apart by. Each is a column of {@code acquisition_touches}. */
enum Dimension {
    CHANNEL,
    UTM_SOURCE,
    UTM_MEDIUM,
    UTM_CAMPAIGN,
    UTM_CONTENT,
    UTM_TERM,
    LANDING_PAGE,
    REFERRER_HOST,
    TRUST,
    /** How the record came: browser, server, cookie, import or umami. */
    SOURCE,
    /** Why there is no first touch to speak of; absent where there is one. */
    MISSING;

    /** Those that a caller may group and filter by. */
    static final Set<Dimension> OF_CALLERS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(SOURCE, MISSING)));

    /** Name of the column, and of the parameter. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Dimension> of(String label) {
        return OF_CALLERS.stream()
                .filter(dimension -> dimension.label().equals(label))
                .findFirst();
    }
}
