package com.vibnai.attribution.identity;

import com.vibnai.attribution.platform.security.Trust;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Adds links, one or thousands in one statement. A claim that was made before is not made again, even if it was taken back
 * since: a retry or a follower of Umami must not undo what an administrator did. Users and sessions hold a bounded number;
 * the bound is checked and not locked, so callers that write at the same instant may pass it by as many as they are.
 */
@Singleton
public class LinkWriter {

    /**
     * No EXISTS where PostgreSQL could make a hash of the whole table of it, which it does while it has no statistics of the
     * table, each time anew.
     */
    static final String WRITE = """
            WITH sent AS (
                SELECT *
                FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[],
                            $8::timestamptz[], $9::text[], $10::text[])
                    WITH ORDINALITY AS sent (
                        link_id, user_id, website_id, session_id, visit_id, kind, claimed_from, occurred_at, trust,
                        source, position)),
            weighed AS (
                SELECT sent.*,
                       EXISTS (
                           SELECT FROM identity_links AS made
                           WHERE made.user_id = sent.user_id AND made.website_id = sent.website_id
                             AND made.session_id = sent.session_id AND made.kind = sent.kind
                             AND (sent.kind = 'identified' OR made.occurred_at = sent.occurred_at)) AS known,
                       row_number() OVER (PARTITION BY sent.user_id ORDER BY sent.position) + (
                           SELECT count(*) FROM (
                               SELECT FROM identity_links AS own
                               WHERE own.user_id = sent.user_id AND own.unlinked_at IS NULL
                               LIMIT $11::bigint) AS held) <= $11::bigint AS user_fits,
                       (SELECT true FROM identity_links AS own
                           WHERE own.user_id = sent.user_id AND own.website_id = sent.website_id
                             AND own.session_id = sent.session_id AND own.unlinked_at IS NULL
                           LIMIT 1) IS NOT NULL
                       OR dense_rank() OVER (
                           PARTITION BY sent.website_id, sent.session_id ORDER BY sent.user_id) + (
                           SELECT count(DISTINCT other.user_id) FROM identity_links AS other
                           WHERE other.website_id = sent.website_id AND other.session_id = sent.session_id
                             AND other.unlinked_at IS NULL) <= $12::bigint AS session_fits
                FROM sent),
            added AS (
                INSERT INTO identity_links (
                    link_id, user_id, website_id, session_id, visit_id, kind, claimed_from, occurred_at, trust, source)
                SELECT link_id, user_id, website_id, session_id, visit_id, kind, claimed_from, occurred_at, trust, source
                FROM weighed
                WHERE user_fits AND session_fits AND NOT known
                ORDER BY user_id, website_id, session_id, position
                ON CONFLICT DO NOTHING
                RETURNING link_id)
            SELECT added.link_id IS NOT NULL AS created, known OR user_fits AND session_fits AS fits
            FROM weighed
            LEFT JOIN added USING (link_id)
            ORDER BY position
            """;

    /**
     * A link that is to be added.
     *
     * @param link what it claims
     * @param trust how it is known whose it is
     * @param source who told
     */
    public record NewLink(Link link, Trust trust, String source) {}

    private final IdentityConfig config;
    private final Counter refused;

    /** Writes within the bounds of {@code config}. */
    public LinkWriter(IdentityConfig config, MeterRegistry metrics) {
        this.config = config;
        this.refused = Counter.builder("attribution.links.refused")
                .description("Links left out because their user or session holds as many as it may")
                .register(metrics);
    }

    /** Writes one link through {@code client}, which may be a transaction; answers whether it is new. */
    public Uni<Boolean> write(SqlClient client, Link link, Trust trust, String source) {
        return add(client, List.of(new NewLink(link, trust, source)))
                .map(outcomes -> outcomes.get(0) == LinkOutcome.CREATED);
    }

    /** Writes links in one statement; those that are too many are left out, and counted. */
    public Uni<Void> writeAll(SqlClient client, List<NewLink> links) {
        return add(client, links).replaceWithVoid();
    }

    /** Writes links in one statement; answers, in order, what became of each. */
    Uni<List<LinkOutcome>> add(SqlClient client, List<NewLink> links) {
        return client.preparedQuery(WRITE)
                .execute(parameters(links))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(LinkWriter::outcome)
                        .toList())
                .invoke(outcomes -> refused.increment(Collections.frequency(outcomes, LinkOutcome.REFUSED)));
    }

    private static LinkOutcome outcome(Row row) {
        if (row.getBoolean("created")) {
            return LinkOutcome.CREATED;
        }
        return row.getBoolean("fits") ? LinkOutcome.KNOWN : LinkOutcome.REFUSED;
    }

    private Tuple parameters(List<NewLink> links) {
        return Tuple.tuple()
                .addArrayOfUUID(column(links, Link::id, UUID[]::new))
                .addArrayOfString(column(links, Link::userId, String[]::new))
                .addArrayOfUUID(column(links, link -> link.session().websiteId(), UUID[]::new))
                .addArrayOfUUID(column(links, link -> link.session().sessionId(), UUID[]::new))
                .addArrayOfUUID(column(links, Link::visitId, UUID[]::new))
                .addArrayOfString(column(links, link -> link.kind().label(), String[]::new))
                .addArrayOfOffsetDateTime(column(links, link -> time(link.from()), OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(column(links, link -> time(link.occurredAt()), OffsetDateTime[]::new))
                .addArrayOfString(
                        links.stream().map(link -> link.trust().label()).toArray(String[]::new))
                .addArrayOfString(links.stream().map(NewLink::source).toArray(String[]::new))
                .addLong((long) config.linksPerUser())
                .addLong((long) config.usersPerSession());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static <T> T[] column(List<NewLink> links, Function<Link, @Nullable T> value, IntFunction<T[]> array) {
        return links.stream().map(NewLink::link).map(value).toArray(array);
    }
}
