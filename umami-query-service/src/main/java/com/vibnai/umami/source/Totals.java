package com.vibnai.umami.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user's events add up to.
 *
 * @param sessions with at least one event of the user
 * @param visits Umami's visits
 * @param pageviewsBeforeSignup null when the signup is not known
 * @param devices each once, in order of the alphabet; so are browsers and countries
 * @param topPages the most viewed, at most ten; where equal, in order of the alphabet
 * @param truncated whether there were more events than one answer counts, so that the counts are lower bounds
 */
public record Totals(
        int sessions,
        int visits,
        long pageviews,
        long events,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt,
        @Nullable Long pageviewsBeforeSignup,
        @Nullable Entry entry,
        List<String> devices,
        List<String> browsers,
        List<String> countries,
        List<PageCount> topPages,
        boolean truncated) {

    /** A page and how often it was viewed. */
    public record PageCount(String urlPath, long pageviews) {}

    /** Of a user whom nobody has seen. */
    public static Totals none(@Nullable Instant signedUpAt) {
        return new Totals(
                0,
                0,
                0,
                0,
                null,
                null,
                signedUpAt == null ? null : 0L,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
