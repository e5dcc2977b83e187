package com.vibnai.attribution.touch;

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
 * @param direct whether nothing says where the visitor came from
 */
public record Touch(
        Campaign campaign,
        Map<String, String> clickIds,
        @Nullable String referrer,
        @Nullable String landingPage,
        @Nullable Instant firstSeenAt,
        boolean direct) {

    /** Copies the map. */
    public Touch {
        clickIds = Map.copyOf(clickIds);
    }

    /** A touch that is direct if it has no campaign, no click id and no referrer that {@code referrers} lets count. */
    public static Touch of(
            Campaign campaign,
            Map<String, String> clickIds,
            @Nullable String referrer,
            @Nullable String landingPage,
            @Nullable Instant firstSeenAt,
            ExternalReferrer referrers) {
        boolean direct = campaign.isEmpty() && clickIds.isEmpty() && !referrers.is(referrer, landingPage);
        return new Touch(campaign, clickIds, referrer, landingPage, firstSeenAt, direct);
    }

    /** Whether no field of it is there, the time apart. */
    public boolean isEmpty() {
        return campaign.isEmpty() && clickIds.isEmpty() && referrer == null && landingPage == null;
    }
}
