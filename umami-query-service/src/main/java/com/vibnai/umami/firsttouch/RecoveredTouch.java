package com.vibnai.umami.firsttouch;

import com.vibnai.umami.source.Campaigns;
import com.vibnai.umami.source.Entry;
import com.vibnai.umami.source.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An arrival, read off an event of Umami.
 *
 * @param utm by name, {@code utm_source} and so on
 * @param clickIds by name, {@code gclid} and so on
 * @param referrer only one that says where the visitor came from
 * @param landingPage null where Umami does not know the host
 */
record RecoveredTouch(
        Map<String, String> utm,
        Map<String, String> clickIds,
        @Nullable String referrer,
        @Nullable String landingPage,
        Instant firstSeenAt,
        UUID websiteId,
        UUID sessionId,
        UUID eventId) {

    static RecoveredTouch of(Entry entry) {
        boolean external = ReferrerDomain.isExternal(entry.referrerDomain(), entry.hostname());
        return new RecoveredTouch(
                entry.utm(),
                entry.clickIds(),
                external ? entry.referrerUrl() : null,
                landingPage(entry),
                entry.occurredAt(),
                entry.websiteId(),
                entry.sessionId(),
                entry.eventId());
    }

    /** Whether nothing says where the visitor came from. */
    boolean isDirect() {
        return utm.isEmpty() && clickIds.isEmpty() && referrer == null;
    }

    /** Whether an event would be read as anything but direct. Its query has all that Umami's columns have. */
    static boolean saysSomething(Event event) {
        return event.pageview()
                && (ReferrerDomain.isExternal(event.referrerDomain(), event.hostname())
                        || has(Campaigns.UTM, event)
                        || has(Campaigns.CLICK_IDS, event));
    }

    private static boolean has(List<String> names, Event event) {
        return !Campaigns.read(names, name -> null, event.urlQuery()).isEmpty();
    }

    private static @Nullable String landingPage(Entry entry) {
        if (entry.hostname() == null || entry.hostname().isBlank()) {
            return null;
        }
        String query = entry.urlQuery();
        return "https://" + entry.hostname() + entry.urlPath() + (query == null || query.isEmpty() ? "" : "?" + query);
    }
}
