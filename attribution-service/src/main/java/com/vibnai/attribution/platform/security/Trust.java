package com.vibnai.attribution.platform.security;

import java.util.Locale;

/** How it is known that a record is about the user it names. */
public enum Trust {
    /** A server key sent it. */
    SERVER,
    /** A page sent it with the application's signature of the user id. */
    SIGNED,
    /** A page sent it with a token of the application's. */
    JWT,
    /** A page sent it without proof; only where proof is optional. */
    NONE;

    /** As stored and answered. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
