package com.vibnai.attribution.touch;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A touch in a JSON column. */
public final class TouchJson {

    private static final ExternalReferrer BUILT_IN = new ExternalReferrer();

    private TouchJson() {}

    /** The touch as a JSON object; null for none. */
    public static @Nullable JsonObject write(@Nullable Touch touch) {
        if (touch == null) {
            return null;
        }
        Campaign campaign = touch.campaign();
        return new JsonObject()
                .put("utm_source", campaign.source())
                .put("utm_medium", campaign.medium())
                .put("utm_campaign", campaign.campaign())
                .put("utm_term", campaign.term())
                .put("utm_content", campaign.content())
                .put("utm_id", campaign.id())
                .put("utm_source_platform", campaign.sourcePlatform())
                .put("click_ids", new JsonObject(new LinkedHashMap<>(touch.clickIds())))
                .put("referrer", touch.referrer())
                .put("landing_page", touch.landingPage())
                .put("first_seen_at", touch.firstSeenAt())
                .put("direct", touch.direct());
    }

    /** The same as text. */
    public static @Nullable String text(@Nullable Touch touch) {
        JsonObject json = write(touch);
        return json == null ? null : json.encode();
    }

    /** The touch in a JSON column; null for none. */
    public static @Nullable Touch read(@Nullable JsonObject json) {
        if (json == null) {
            return null;
        }
        Touch touch = Touch.of(
                new Campaign(
                        json.getString("utm_source"),
                        json.getString("utm_medium"),
                        json.getString("utm_campaign"),
                        json.getString("utm_term"),
                        json.getString("utm_content"),
                        json.getString("utm_id"),
                        json.getString("utm_source_platform")),
                clickIds(json.getJsonObject("click_ids")),
                json.getString("referrer"),
                json.getString("landing_page"),
                instant(json.getString("first_seen_at")),
                BUILT_IN);
        // Rows of the first version do not say it.
        return new Touch(
                touch.campaign(),
                touch.clickIds(),
                touch.referrer(),
                touch.landingPage(),
                touch.firstSeenAt(),
                json.getBoolean("direct", touch.direct()));
    }

    /** Click ids by parameter name. */
    public static Map<String, String> clickIds(@Nullable JsonObject json) {
        Map<String, String> ids = new LinkedHashMap<>();
        if (json != null) {
            json.forEach(entry -> ids.put(entry.getKey(), String.valueOf(entry.getValue())));
        }
        return ids;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
