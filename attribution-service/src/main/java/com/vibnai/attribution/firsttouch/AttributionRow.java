package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.touch.Campaign;
import com.vibnai.attribution.touch.Touch;
import com.vibnai.attribution.touch.TouchJson;
import com.vibnai.attribution.touch.TouchResponse;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads a row of {@code attributions} that SQL of our own brought. */
final class AttributionRow {

    private AttributionRow() {}

    static AttributionResponse from(Row row) {
        return new AttributionResponse(
                row.getString("user_id"),
                row.getString("channel"),
                row.getString("channel_rule"),
                row.getString("channel_ruleset"),
                TouchResponse.of(firstTouch(row)),
                row.getString("last_channel"),
                row.getString("last_channel_rule"),
                row.getString("last_channel_ruleset"),
                TouchResponse.ofNullable(TouchJson.read(row.getJsonObject("last_touch"))),
                row.getString("trust"),
                row.getString("source"),
                row.getString("recorded_by"),
                row.getOffsetDateTime("signed_up_at").toInstant(),
                row.getOffsetDateTime("created_at").toInstant(),
                ReplacedResponse.of(
                        row.getJsonObject("replaced_touch"),
                        instant(row, "replaced_at"),
                        row.getString("replaced_because")));
    }

    private static Touch firstTouch(Row row) {
        return new Touch(
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
                instant(row, "first_seen_at"),
                row.getBoolean("direct"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }
}
