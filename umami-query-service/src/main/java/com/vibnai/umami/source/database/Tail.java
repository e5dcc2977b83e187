package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.source.Claim;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Umami's rows that say who was in a session, in the order of their time; for the follower. */
@Singleton
public final class Tail {

    private final UmamiDatabase umami;
    private final QueryConfig config;
    private final ClaimsQuery claims;

    Tail(UmamiDatabase umami, QueryConfig config) {
        this.umami = umami;
        this.config = config;
        this.claims = new ClaimsQuery(umami, config);
    }

    /** The tables that say something. */
    public enum Table {
        /** What identify() was told. */
        SESSION_DATA("session_data", "session_data_id", "data_key = ANY($4::text[]) AND string_value <> ''"),
        /** Sessions of an id. */
        SESSION("session", "session_id", "distinct_id <> '' AND $4::text[] IS NOT NULL"),
        /** Ids seen in a session. Umami has no index on its time. */
        SESSION_LINK("session_link", "session_id", "$4::text[] IS NOT NULL");

        private final String relation;
        private final String id;
        private final String condition;

        Table(String relation, String id, String condition) {
            this.relation = relation;
            this.id = id;
            this.condition = condition;
        }

        /** Umami's name of it. */
        public String relation() {
            return relation;
        }

        private boolean isIn(UmamiSchema schema) {
            return switch (this) {
                case SESSION_DATA -> schema.hasSessionData();
                case SESSION -> schema.hasDistinctIds();
                case SESSION_LINK -> schema.hasSessionLinks();
            };
        }

        private String sql() {
            return """
                    SELECT website_id, session_id, created_at, %2$s AS id
                    FROM %1$s
                    WHERE created_at >= $1 AND (created_at, %2$s) > ($1, $2) AND %3$s
                    ORDER BY created_at, %2$s
                    LIMIT $3
                    """.formatted(relation, id, condition);
        }
    }

    /** A row: which session it speaks of, and where it stands. */
    public record Place(UUID websiteId, UUID sessionId, Instant at, UUID id) {}

    /** Whether this Umami has the table. */
    public Uni<Boolean> has(Table table) {
        return umami.schema().map(table::isIn);
    }

    /** The {@code size} earliest rows after a place. */
    public Uni<List<Place>> next(Table table, Instant after, UUID afterId, int size) {
        return umami.query(
                        columns -> table.sql(),
                        Tuple.tuple()
                                .addOffsetDateTime(after.atOffset(ZoneOffset.UTC))
                                .addUUID(afterId)
                                .addInteger(size)
                                .addArrayOfString(config.userIdKeys().toArray(String[]::new)))
                .map(rows -> Rows.all(rows, Tail::place));
    }

    /** Everything that is said about who was in the sessions of these rows, by the names that Umami has for them. */
    public Uni<List<Claim>> claims(List<Place> places) {
        return claims.of(
                places.stream().map(Place::websiteId).toList(),
                places.stream().map(Place::sessionId).toList());
    }

    private static Place place(Row row) {
        return new Place(
                row.getUUID("website_id"),
                row.getUUID("session_id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getUUID("id"));
    }
}
