package com.vibnai.attribution.firsttouch;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One arrival from outside. Kept and replaced as a whole: no method takes a field of one touch into another.
 *
 * @param campaign the utm_ parameters
 * @param clickIds click identifiers of ad platforms, by parameter name
 * @param referrer the page that linked here, as the browser told it
 * @param landingPage the page that was reached
 * @param firstSeenAt when, by the server's clock; absent when nobody recorded it
 */
public record Touch(
        Campaign campaign,
        Map<String, String> clickIds,
        @Nullable String referrer,
        @Nullable String landingPage,
        @Nullable Instant firstSeenAt) {

    /** Copies the map. */
    public Touch {
        clickIds = Map.copyOf(clickIds);
    }

    /** Whether nothing says where the visitor came from: no campaign, no click id, no external referrer. */
    public boolean isDirect() {
        return campaign.isEmpty() && clickIds.isEmpty() && !ExternalReferrer.is(referrer, landingPage);
    }
}
