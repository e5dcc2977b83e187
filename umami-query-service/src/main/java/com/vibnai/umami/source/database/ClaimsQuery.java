package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Claim.Kind;
import com.vibnai.umami.source.UserNames;
import com.vibnai.umami.source.Way;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * Finds a user's sessions in Umami's own tables, and everything that those tables say about who was in these sessions:
 * the first by one of three ways, the second always session by session through an index.
 */
final class ClaimsQuery {

    /** Claims on one session at most: people behind one address. */
    private static final int PEOPLE = 100;

    private final UmamiDatabase umami;
    private final QueryConfig config;

    ClaimsQuery(UmamiDatabase umami, QueryConfig config) {
        this.umami = umami;
        this.config = config;
    }

    Uni<List<Claim>> claims(Way way, UserNames user, Duration budget) {
        Tuple parameters = Tuple.tuple()
                .addString(user.distinctId())
                .addArrayOfString(config.userIdKeys().toArray(String[]::new))
                .addArrayOfString(user.dataValues().toArray(String[]::new))
                .addInteger(config.sessions())
                .addInteger(PEOPLE);
        return umami.query(schema -> sql(schema, way), parameters, budget)
                .map(rows -> Rows.all(rows, row -> claim(row, user)))
                .onFailure(ClaimsQuery::isTooSlow)
                .transform(failure -> new TimeoutException(way.label()));
    }

    /** What is said about who was in these sessions, by the names that Umami has for them. */
    Uni<List<Claim>> of(List<UUID> websites, List<UUID> sessions) {
        Tuple parameters = Tuple.tuple()
                .addString("")
                .addArrayOfString(config.userIdKeys().toArray(String[]::new))
                .addArrayOfString(new String[0])
                .addInteger(config.sessions())
                .addInteger(PEOPLE)
                .addArrayOfUUID(websites.toArray(UUID[]::new))
                .addArrayOfUUID(sessions.toArray(UUID[]::new));
        return umami.query(schema -> sql(schema, GIVEN), parameters, config.statementTimeout())
                .map(rows -> Rows.all(rows, row -> claim(row, new UserNames(row.getString("name")))));
    }

    private static boolean isTooSlow(Throwable failure) {
        return failure instanceof PgException pg && "57014".equals(pg.getSqlState());
    }

    private static Claim claim(Row row, UserNames user) {
        return new Claim(
                row.getBoolean("own") ? user.userId() : row.getString("name"),
                row.getUUID("website_id"),
                row.getUUID("session_id"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                null,
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static String sql(UmamiSchema schema, Way way) {
        return sql(schema, found(schema, way));
    }

    private static String sql(UmamiSchema schema, String own) {
        List<String> said = new ArrayList<>();
        if (schema.hasSessionLinks()) {
            said.add(LINKED);
        }
        if (schema.hasDistinctIds()) {
            said.add(DISTINCT.formatted(schema.hasSessionLinks() ? NOT_LINKED : ""));
        }
        if (schema.hasSessionData()) {
            said.add(TOLD);
        }
        return "WITH parameters AS (SELECT $1::text, $2::text[], $3::text[], $4::int, $5::int), own AS MATERIALIZED ("
                + own + ") " + String.join(" UNION ALL ", said);
    }

    private static String found(UmamiSchema schema, Way way) {
        String sessions =
                switch (way) {
                    case SESSION_LINK -> "SELECT website_id, session_id FROM session_link WHERE distinct_id = $1";
                    case DISTINCT_ID -> "SELECT website_id, session_id FROM session WHERE distinct_id = $1";
                    case SESSION_DATA ->
                        "SELECT website_id, session_id FROM session_data"
                                + " WHERE data_key = ANY($2) AND string_value = ANY($3)";
                };
        boolean byWebsite =
                schema.cost(way) == Way.Cost.CHEAP && !schema.websites().isEmpty();
        return byWebsite
                ? "SELECT DISTINCT found.* FROM website CROSS JOIN LATERAL (" + sessions
                        + " AND website_id = website.website_id LIMIT $4) AS found LIMIT $4"
                : "SELECT DISTINCT * FROM (" + sessions + " LIMIT $4) AS found";
    }

    private static final String GIVEN =
            "SELECT DISTINCT * FROM unnest($6::uuid[], $7::uuid[]) AS given (website_id, session_id)";

    /** From 3.3: a row for each id seen in a session. The last one may have taken the session over, so all count. */
    private static final String LINKED = """
            SELECT own.website_id, own.session_id, 'session' AS kind, link.distinct_id::text AS name,
                   link.distinct_id = $1 AS own, link.created_at
            FROM own
            CROSS JOIN LATERAL (
                SELECT distinct_id, created_at FROM session_link
                WHERE session_link.website_id = own.website_id AND session_link.session_id = own.session_id
                ORDER BY created_at
                LIMIT $5) AS link
            """;

    /** 2.18 to 3.2: the session of an id is its own. Later such a row is as good only where no link says more. */
    private static final String DISTINCT = """
            SELECT own.website_id, own.session_id, 'identified' AS kind, session.distinct_id::text AS name,
                   session.distinct_id = $1 AS own, session.created_at
            FROM own
            CROSS JOIN LATERAL (
                SELECT distinct_id, created_at FROM session
                WHERE session.session_id = own.session_id AND session.distinct_id <> ''
                LIMIT 1) AS session
            %s
            """;

    private static final String NOT_LINKED = """
            WHERE NOT EXISTS (
                SELECT FROM session_link
                WHERE session_link.website_id = own.website_id AND session_link.session_id = own.session_id)
            """;

    /** What identify() was told: of several keys in a session the first that is configured counts. */
    private static final String TOLD = """
            SELECT own.website_id, own.session_id, 'session' AS kind, told.name, told.own, told.created_at
            FROM own
            CROSS JOIN LATERAL (
                SELECT string_value::text AS name, bool_or(string_value = ANY($3)) AS own, min(created_at) AS created_at
                FROM (
                    SELECT string_value, created_at,
                           rank() OVER (ORDER BY array_position($2, data_key::text)) AS place
                    FROM session_data
                    WHERE session_data.session_id = own.session_id
                        AND data_key = ANY($2) AND string_value <> '') AS keyed
                WHERE place = 1
                GROUP BY string_value
                ORDER BY min(created_at)
                LIMIT $5) AS told
            """;
}
