package com.vibnai.umami.source;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first event of a history, and what it says about where the visitor came from.
 *
 * @param urlQuery its query without {@code ?}, campaign parameters included
 * @param referrerUrl the referring page, as far as it is known; null if only its host is
 * @param utm by name, {@code utm_source} and so on; only those that are there
 * @param clickIds by name, {@code gclid} and so on; only those that are there
 */
public record Entry(
        UUID websiteId,
        UUID sessionId,
        UUID eventId,
        Instant occurredAt,
        String urlPath,
        @Nullable String urlQuery,
        @Nullable String pageTitle,
        @Nullable String hostname,
        @Nullable String referrerDomain,
        @Nullable String referrerUrl,
        Map<String, String> utm,
        Map<String, String> clickIds) {

    /** Copies the maps. */
    public Entry {
        utm = Map.copyOf(utm);
        clickIds = Map.copyOf(clickIds);
    }
}
