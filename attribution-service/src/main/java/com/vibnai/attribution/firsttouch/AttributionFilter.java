package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.platform.TimeParameter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which attributions.
 *
 * @param equal column to value
 * @param from signed up at or after
 * @param to signed up before
 * @param after the last row of the page before
 */
record AttributionFilter(
        Map<String, String> equal,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable AttributionCursor after) {

    /** From query parameters; 400 for a time that is none. */
    static AttributionFilter of(
            @Nullable String channel,
            @Nullable String utmSource,
            @Nullable String utmMedium,
            @Nullable String utmCampaign,
            @Nullable String from,
            @Nullable String to) {
        Map<String, String> equal = new LinkedHashMap<>();
        put(equal, "channel", channel);
        put(equal, "utm_source", utmSource);
        put(equal, "utm_medium", utmMedium);
        put(equal, "utm_campaign", utmCampaign);
        return new AttributionFilter(equal, TimeParameter.parse("from", from), TimeParameter.parse("to", to), null);
    }

    /** The same, from where a page ended. */
    AttributionFilter after(@Nullable AttributionCursor cursor) {
        return new AttributionFilter(equal, from, to, cursor);
    }

    private static void put(Map<String, String> filters, String column, @Nullable String value) {
        if (value != null) {
            filters.put(column, value);
        }
    }
}
