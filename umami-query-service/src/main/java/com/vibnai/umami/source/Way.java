package com.vibnai.umami.source;

import java.util.Locale;

/** How Umami itself can know a user's sessions, the most reliable way first. */
public enum Way {
    /** The table of that name, from 3.3. */
    SESSION_LINK,
    /** {@code session.distinct_id}, from 2.18. */
    DISTINCT_ID,
    /** Rows of session_data that hold the user's id under one of the configured keys. */
    SESSION_DATA;

    /** The name in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it costs on the Umami at hand. */
    public enum Cost {
        /** An index leads to it. */
        CHEAP,
        /** Umami has to read a whole table. */
        SCAN,
        /** This Umami has nothing of the kind. */
        ABSENT;

        /** The name in answers. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
