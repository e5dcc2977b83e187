package com.vibnai.attribution.platform;

import com.vibnai.attribution.platform.problem.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A time in a query. */
public final class TimeParameter {

    private TimeParameter() {}

    /** The instant, if one is given; 400 if it is no RFC 3339 time, or one outside of what a database can hold. */
    public static @Nullable Instant parse(String field, @Nullable String text) {
        try {
            OffsetDateTime time = text == null ? null : OffsetDateTime.parse(text);
            if (time == null || (time.getYear() >= 1 && time.getYear() <= 9999)) {
                return time == null ? null : time.toInstant();
            }
        } catch (DateTimeException e) {
            // Said below, like a time out of bounds.
        }
        throw ApiException.invalid(field, "has to be a time like 2026-11-24T09:30:00Z");
    }
}
