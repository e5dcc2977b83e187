package com.vibnai.attribution.follower;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Leases and positions. One statement decides each, by the database's clock. */
@ApplicationScoped
class FollowerRepository {

    private static final String READ = "SELECT * FROM followers WHERE name = $1";

    private static final String LEASE = """
            INSERT INTO followers AS stored (name, holder, lease_until, version, updated_at)
            VALUES ($1, $2, now() + $3::int * interval '1 second', 1, now())
            ON CONFLICT (name) DO UPDATE SET
                holder = excluded.holder,
                lease_until = excluded.lease_until,
                version = stored.version
                    + CASE WHEN stored.holder = excluded.holder AND stored.lease_until > now() THEN 0 ELSE 1 END
            WHERE stored.holder = excluded.holder OR stored.lease_until <= now()
            RETURNING *
            """;

    private static final String MOVE = """
            UPDATE followers SET position = $4, version = version + 1, updated_at = now()
            WHERE name = $1 AND holder = $2 AND version = $3
            RETURNING *
            """;

    private static final String RELEASE = "UPDATE followers SET lease_until = now() WHERE name = $1 AND holder = $2";

    private final Pool database;

    FollowerRepository(Pool database) {
        this.database = database;
    }

    Uni<Optional<FollowerResponse>> find(String name) {
        return one(READ, Tuple.of(name));
    }

    /** Nothing while somebody else holds the lease. */
    Uni<Optional<FollowerResponse>> lease(String name, String holder, int seconds) {
        return one(LEASE, Tuple.of(name, holder, seconds));
    }

    /** Nothing if the follower is in other hands or at another version. */
    Uni<Optional<FollowerResponse>> move(String name, String holder, long version, Map<String, Object> position) {
        return one(MOVE, Tuple.of(name, holder, version, new JsonObject(position)));
    }

    /** Lets others take over at once. */
    Uni<Void> release(String name, String holder) {
        return database.preparedQuery(RELEASE).execute(Tuple.of(name, holder)).replaceWithVoid();
    }

    private Uni<Optional<FollowerResponse>> one(String sql, Tuple parameters) {
        return database.preparedQuery(sql).execute(parameters).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .findFirst()
                .map(FollowerRepository::from));
    }

    private static FollowerResponse from(Row row) {
        JsonObject position = row.getJsonObject("position");
        return new FollowerResponse(
                row.getString("name"),
                row.getLong("version"),
                position == null ? null : position.getMap(),
                row.getString("holder"),
                row.getOffsetDateTime("lease_until").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
