package com.vibnai.umami.source;

import org.jspecify.annotations.Nullable;

/**
 * With what and from where a session was begun.
 *
 * @param device laptop, desktop, mobile or tablet
 * @param screen width and height, as {@code 1920x1080}
 * @param country two letters
 */
public record Device(
        @Nullable String device,
        @Nullable String browser,
        @Nullable String os,
        @Nullable String screen,
        @Nullable String language,
        @Nullable String country,
        @Nullable String region,
        @Nullable String city) {

    /** Of a session that has no row. */
    public static final Device UNKNOWN = new Device(null, null, null, null, null, null, null, null);
}
