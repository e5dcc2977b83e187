package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.touch.ExternalReferrer;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigInteger;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads signups, as they are counted, from the tables of the record. */
final class SignupRow {

    /** All signups of the days in $1. */
    static final String READ = """
            SELECT signed_up_at, first_seen_at, channel, utm_source, utm_medium, utm_campaign, utm_content, utm_term,
                landing_page, referrer, trust, source, direct,
                last_touch IS NOT NULL AS has_last, last_channel,
                last_touch ->> 'utm_source' AS last_utm_source, last_touch ->> 'utm_medium' AS last_utm_medium,
                last_touch ->> 'utm_campaign' AS last_utm_campaign, last_touch ->> 'utm_content' AS last_utm_content,
                last_touch ->> 'utm_term' AS last_utm_term, last_touch ->> 'landing_page' AS last_landing_page,
                last_touch ->> 'referrer' AS last_referrer, earned
            FROM unnest($1::date[]) AS asked (day)
            JOIN attributions ON signed_up_at >= day::timestamp AT TIME ZONE 'UTC'
                AND signed_up_at < (day + 1)::timestamp AT TIME ZONE 'UTC'
            CROSS JOIN LATERAL (
                SELECT json_agg(json_build_array(name, currency, count, seconds, value)) AS earned
                FROM (
                    SELECT name, currency, count(*), floor(extract(epoch FROM min(occurred_at) - signed_up_at)) AS seconds,
                        trunc(sum(value) * 10000)::text AS value
                    FROM conversions WHERE conversions.user_id = attributions.user_id
                    GROUP BY name, currency) AS of_name) AS of_user
            """;

    private static final int QUARTER_SECONDS = 900;

    private SignupRow() {}

    static Signup from(Row row) {
        OffsetDateTime signedUp = row.getOffsetDateTime("signed_up_at");
        long quarter = Math.floorDiv(signedUp.toEpochSecond(), QUARTER_SECONDS);
        TouchKind first = kind(row, "", missing(row));
        return new Signup(
                Math.floorDiv(quarter, Segment.QUARTERS),
                Math.floorMod(quarter, Segment.QUARTERS),
                first,
                row.getBoolean("has_last") ? kind(row, "last_", null) : first,
                timeClass(row.getOffsetDateTime("first_seen_at"), signedUp),
                earned((JsonArray) row.getJson("earned")));
    }

    private static TouchKind kind(Row row, String prefix, @Nullable String missing) {
        return new TouchKind(Arrays.asList(
                row.getString(prefix + "channel"),
                row.getString(prefix + "utm_source"),
                row.getString(prefix + "utm_medium"),
                row.getString(prefix + "utm_campaign"),
                row.getString(prefix + "utm_content"),
                row.getString(prefix + "utm_term"),
                withoutQuery(row.getString(prefix + "landing_page")),
                ExternalReferrer.host(row.getString(prefix + "referrer")),
                row.getString("trust"),
                row.getString("source"),
                missing));
    }

    /** Why a direct first touch says nothing; docs/reports.md explains each. */
    private static @Nullable String missing(Row row) {
        if (!row.getBoolean("direct")) {
            return null;
        }
        if (row.getString("referrer") != null) {
            return "own_or_intermediary_referrer";
        }
        if (row.getString("landing_page") != null) {
            return "direct_visit";
        }
        return row.getOffsetDateTime("first_seen_at") == null
                ? row.getString("source") + "_without_touch"
                : "no_landing_page";
    }

    private static int timeClass(@Nullable OffsetDateTime firstSeen, OffsetDateTime signedUp) {
        return firstSeen == null
                ? -1
                : TwoDigits.of(Duration.between(firstSeen, signedUp).toSeconds());
    }

    private static @Nullable String withoutQuery(@Nullable String address) {
        if (address == null) {
            return null;
        }
        int end = 0;
        while (end < address.length() && "?#".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        return end == 0 ? null : address.substring(0, end);
    }

    private static List<Earned> earned(@Nullable JsonArray entries) {
        List<Earned> earned = new ArrayList<>();
        for (int i = 0; entries != null && i < entries.size(); i++) {
            JsonArray entry = entries.getJsonArray(i);
            earned.add(new Earned(
                    entry.getString(0),
                    entry.getString(1),
                    entry.getInteger(2),
                    TwoDigits.of(entry.getLong(3)),
                    entry.getString(4) == null ? BigInteger.ZERO : new BigInteger(entry.getString(4))));
        }
        return earned;
    }
}
