package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.identity.Link;
import com.vibnai.attribution.identity.LinkWriter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes signups. One INSERT … ON CONFLICT decides what becomes of the first touch, whoever else writes at the same time:
 * the row is made, or upgraded from direct to non-direct, or left as it is. Nothing is read before. (Hibernate's upsert is
 * a MERGE, which fails under concurrency.)
 */
@ApplicationScoped
class SignupWriter {

    private static final String WRITE = """
            INSERT INTO attributions AS stored (
                user_id, utm_source, utm_medium, utm_campaign, utm_term, utm_content, utm_id, utm_source_platform,
                click_ids, referrer, landing_page, first_seen_at, direct, last_touch, trust, source, signed_up_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (user_id) DO UPDATE SET
                utm_source = excluded.utm_source,
                utm_medium = excluded.utm_medium,
                utm_campaign = excluded.utm_campaign,
                utm_term = excluded.utm_term,
                utm_content = excluded.utm_content,
                utm_id = excluded.utm_id,
                utm_source_platform = excluded.utm_source_platform,
                click_ids = excluded.click_ids,
                referrer = excluded.referrer,
                landing_page = excluded.landing_page,
                first_seen_at = excluded.first_seen_at,
                direct = excluded.direct,
                last_touch = excluded.last_touch,
                trust = excluded.trust,
                source = excluded.source,
                replaced_touch = jsonb_strip_nulls(jsonb_build_object(
                    'referrer', stored.referrer,
                    'landing_page', stored.landing_page,
                    'first_seen_at', to_char(stored.first_seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ'))),
                replaced_at = now(),
                replaced_because = 'direct_before_non_direct'
            WHERE stored.direct AND NOT excluded.direct
            RETURNING *, xmax = 0 AS created
            """;

    private static final String READ = "SELECT *, false AS created FROM attributions WHERE user_id = $1";

    private final Pool database;
    private final LinkWriter links;

    SignupWriter(Pool database, LinkWriter links) {
        this.database = database;
        this.links = links;
    }

    /** Stores a signup and its link, both or neither; the answer is given after the commit. */
    Uni<SignupResponse> write(Signup signup) {
        Link link = signup.link();
        if (link == null) {
            return write(database, signup);
        }
        return database.withTransaction(transaction -> write(transaction, signup)
                .call(() -> links.write(
                        transaction, link, signup.trust(), signup.source().label())));
    }

    private static Uni<SignupResponse> write(SqlClient client, Signup signup) {
        return client.preparedQuery(WRITE)
                .execute(parameters(signup))
                .flatMap(rows -> rows.size() > 0
                        ? Uni.createFrom().item(changed(rows))
                        : client.preparedQuery(READ)
                                .execute(Tuple.of(signup.userId()))
                                .map(stored ->
                                        response(Outcome.KEPT, stored.iterator().next())));
    }

    private static SignupResponse changed(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return response(row.getBoolean("created") ? Outcome.CREATED : Outcome.UPGRADED, row);
    }

    private static SignupResponse response(Outcome outcome, Row row) {
        return new SignupResponse(outcome == Outcome.CREATED, outcome, attribution(row));
    }

    private static AttributionResponse attribution(Row row) {
        Touch first = new Touch(
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
                instant(row, "first_seen_at"));
        return AttributionEntity.response(
                row.getString("user_id"),
                first,
                row.getJsonObject("last_touch"),
                row.getString("trust"),
                row.getString("source"),
                row.getOffsetDateTime("signed_up_at").toInstant(),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getJsonObject("replaced_touch"),
                instant(row, "replaced_at"),
                row.getString("replaced_because"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }

    private static Tuple parameters(Signup signup) {
        Touch touch = signup.firstTouch();
        Campaign campaign = touch.campaign();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(signup.userId());
        values.add(campaign.source());
        values.add(campaign.medium());
        values.add(campaign.campaign());
        values.add(campaign.term());
        values.add(campaign.content());
        values.add(campaign.id());
        values.add(campaign.sourcePlatform());
        values.add(new JsonObject(new LinkedHashMap<>(touch.clickIds())));
        values.add(touch.referrer());
        values.add(touch.landingPage());
        values.add(touch.firstSeenAt() == null ? null : touch.firstSeenAt().atOffset(ZoneOffset.UTC));
        values.add(touch.isDirect());
        values.add(TouchJson.write(signup.lastTouch()));
        values.add(signup.trust().label());
        values.add(signup.source().label());
        values.add(signup.signedUpAt().atOffset(ZoneOffset.UTC));
        return Tuple.from(values);
    }
}
