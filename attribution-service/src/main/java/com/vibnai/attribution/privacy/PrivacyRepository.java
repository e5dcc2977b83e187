package com.vibnai.attribution.privacy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Access and erasure. Both go over every table that has a column {@code user_id}, so that none is forgotten; the database
 * knows which (V12__create_privacy.sql).
 */
@ApplicationScoped
class PrivacyRepository {

    private static final String READ = "SELECT user_data($1)::text AS data";
    private static final String ERASE = "SELECT erase_user($1, make_interval(secs => $2))";

    private final Pool database;

    PrivacyRepository(Pool database) {
        this.database = database;
    }

    /** The rows of each table as one JSON object. */
    Uni<String> read(String userId) {
        return database.preparedQuery(READ)
                .execute(Tuple.of(userId))
                .map(rows -> rows.iterator().next().getString("data"));
    }

    /** Erases the user in one transaction, and refuses writes about them for this long. */
    Uni<Void> erase(String userId, Duration block) {
        return database.preparedQuery(ERASE)
                .execute(Tuple.of(userId, (double) block.toSeconds()))
                .replaceWithVoid();
    }
}
