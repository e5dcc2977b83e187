package com.vibnai.umami.source.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Umami answered with an error. */
final class ApiFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final long LONGEST_SECONDS = 3600;

    private final int status;
    private final @Nullable String retryAfter;

    ApiFailure(int status, @Nullable String retryAfter) {
        super("Umami's API answered " + status, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    boolean isUnauthorized() {
        return status == 401 || status == 403;
    }

    boolean isTooMany() {
        return status == 429;
    }

    /** Umami has no good answer for a session that it does not know: null, 404, or a failure to write "undefined". */
    boolean isPerhapsUnknown() {
        return status == 404 || status == 500;
    }

    /** How long to wait: what Umami says in seconds, up to an hour; some seconds if it says nothing. */
    Duration retryAfter() {
        try {
            long seconds = Long.parseLong(retryAfter == null ? "" : retryAfter.trim());
            return Duration.ofSeconds(Math.max(1, Math.min(seconds, LONGEST_SECONDS)));
        } catch (NumberFormatException e) {
            return RETRY;
        }
    }
}
