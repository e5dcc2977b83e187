package com.vibnai.attribution.journey;

import com.vibnai.attribution.identity.IdentityConfig;
import com.vibnai.attribution.identity.SessionKey;
import com.vibnai.attribution.platform.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads journeys. Every statement has the conversions' bounds as its first four parameters. */
@ApplicationScoped
class JourneyRepository {

    /** Conversions of one journey at most. */
    static final int CONVERSIONS = 200;

    private static final String OF_SESSIONS = """
            chosen AS (
                SELECT user_id, NULL::timestamptz AS started_at,
                       jsonb_agg(jsonb_build_object(
                           'website_id', website_id, 'session_id', session_id,
                           'from', valid_from, 'until', valid_until)) AS sessions
                FROM identity_segments($5, $6, $7::float8 * interval '1 second')
                GROUP BY user_id)
            """;

    private static final String BY_SIGNUP = """
            chosen AS (
                SELECT user_id, signed_up_at AS started_at, '[]'::jsonb AS sessions
                FROM attributions
                WHERE signed_up_at >= $5 AND signed_up_at < $6 AND (signed_up_at, user_id) > ($5, $7)
                ORDER BY signed_up_at, user_id
                LIMIT $8)
            """;

    /** With the first one of each user in the range. */
    private static final String BY_CONVERSION = """
            chosen AS (
                SELECT user_id, occurred_at AS started_at, '[]'::jsonb AS sessions
                FROM conversions AS first
                WHERE occurred_at >= $5 AND occurred_at < $6 AND (occurred_at, user_id) > ($5, $7) %1$s
                    AND NOT EXISTS (
                        SELECT FROM conversions AS earlier
                        WHERE earlier.user_id = first.user_id AND earlier.occurred_at >= $9 %2$s
                            AND (earlier.occurred_at, earlier.conversion_id) < (first.occurred_at, first.conversion_id))
                ORDER BY occurred_at, user_id
                LIMIT $8)
            """;

    private static final String JOURNEYS = """
            WITH %1$s
            SELECT chosen.user_id, chosen.started_at, chosen.sessions, record.signed_up_at, record.channel,
                   record.utm_campaign, conversions.list AS conversions
            FROM chosen
            LEFT JOIN attributions AS record USING (user_id)
            CROSS JOIN LATERAL (
                SELECT coalesce(
                           jsonb_agg(jsonb_build_object('name', name, 'occurred_at', occurred_at) ORDER BY occurred_at),
                           '[]') AS list
                FROM (
                    SELECT name, occurred_at FROM conversions
                    WHERE user_id = chosen.user_id AND occurred_at >= $1 AND occurred_at < $2
                        AND ($3 OR name = ANY($4))
                    ORDER BY occurred_at
                    LIMIT %2$d) AS wanted) AS conversions
            ORDER BY chosen.started_at, chosen.user_id
            """;

    private final Pool database;
    private final IdentityConfig config;

    JourneyRepository(Pool database, IdentityConfig config) {
        this.database = database;
        this.config = config;
    }

    /** The journeys of those who own a stretch of one of these sessions. */
    Uni<List<JourneyResponse>> ofSessions(List<SessionKey> sessions, JourneyQuestion question) {
        Tuple parameters = parameters(question)
                .addArrayOfUUID(sessions.stream().map(SessionKey::websiteId).toArray(UUID[]::new))
                .addArrayOfUUID(sessions.stream().map(SessionKey::sessionId).toArray(UUID[]::new))
                .addDouble(config.grace().toMillis() / 1000.0);
        return query(OF_SESSIONS, parameters)
                .map(rows -> rows.stream().map(JourneyResponse::from).toList());
    }

    /** The next {@code limit} journeys that start in a range, earliest start first. */
    Uni<Page<JourneyResponse>> starting(
            JourneyStart start,
            Instant from,
            Instant to,
            JourneyQuestion question,
            @Nullable JourneyCursor after,
            int limit) {
        Tuple parameters = parameters(question)
                .addOffsetDateTime(time(after == null ? from : after.startedAt()))
                .addOffsetDateTime(time(to))
                .addString(after == null ? "" : after.userId())
                .addInteger(limit + 1);
        return query(chosen(start, from, parameters), parameters)
                .map(rows -> Page.of(rows, limit, JourneyResponse::from, JourneyRepository::cursor));
    }

    private static String chosen(JourneyStart start, Instant from, Tuple parameters) {
        if (start.conversion() == null) {
            return BY_SIGNUP;
        }
        parameters.addOffsetDateTime(time(from));
        if (start.conversion().equals(JourneyQuestion.ANY)) {
            return BY_CONVERSION.formatted("", "");
        }
        parameters.addString(start.conversion());
        return BY_CONVERSION.formatted("AND name = $10", "AND earlier.name = $10");
    }

    private Uni<List<Row>> query(String chosen, Tuple parameters) {
        return database.preparedQuery(JOURNEYS.formatted(chosen, CONVERSIONS + 1))
                .execute(parameters)
                .map(JourneyRepository::list);
    }

    private static List<Row> list(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    private static Tuple parameters(JourneyQuestion question) {
        return Tuple.tuple()
                .addOffsetDateTime(time(question.from()))
                .addOffsetDateTime(time(question.until()))
                .addBoolean(question.anyName())
                .addArrayOfString(question.names().toArray(String[]::new));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static String cursor(Row last) {
        return new JourneyCursor(last.getOffsetDateTime("started_at").toInstant(), last.getString("user_id"))
                .toString();
    }
}
