package com.vibnai.attribution.channel;

import com.vibnai.attribution.touch.Campaign;
import com.vibnai.attribution.touch.Touch;
import com.vibnai.attribution.touch.TouchJson;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A record as a re-classification sees it.
 *
 * @param replacedAt when its first touch was replaced; another value later means that it is another touch now
 */
record ClassifiedRow(
        String userId,
        Touch first,
        @Nullable Touch last,
        @Nullable String channel,
        @Nullable OffsetDateTime replacedAt) {

    static ClassifiedRow from(Row row) {
        OffsetDateTime seen = row.getOffsetDateTime("first_seen_at");
        return new ClassifiedRow(
                row.getString("user_id"),
                new Touch(
                        new Campaign(
                                row.getString("utm_source"),
                                row.getString("utm_medium"),
                                row.getString("utm_campaign"),
                                row.getString("utm_term"),
                                row.getString("utm_content"),
                                row.getString("utm_id"),
                                row.getString("utm_source_platform")),
                        TouchJson.clickIds(row.getJsonObject("click_ids")),
                        row.getString("referrer"),
                        row.getString("landing_page"),
                        seen == null ? null : seen.toInstant(),
                        row.getBoolean("direct")),
                TouchJson.read(row.getJsonObject("last_touch")),
                row.getString("channel"),
                row.getOffsetDateTime("replaced_at"));
    }
}
