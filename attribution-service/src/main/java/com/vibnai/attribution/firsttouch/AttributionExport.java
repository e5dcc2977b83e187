package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.platform.Permits;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Streams records out of one snapshot. A portal of PostgreSQL hands out some hundred rows at a time, and only when the one who
 * reads has taken those before, so memory does not grow with the table.
 */
@Singleton
class AttributionExport {

    /** Rows that are in memory at once, more or less. */
    static final int CHUNK = 500;

    private final Pool database;
    private final Permits permits;
    private final Duration stall;

    AttributionExport(Pool database, BulkConfig config) {
        this.database = database;
        this.permits = new Permits(config.exports(), "Too many exports are running; try again.");
        this.stall = config.exportStall();
    }

    /** All records of the filter in chunks, newest signup first; at least one chunk, which may be empty. */
    Multi<List<AttributionResponse>> chunks(AttributionFilter filter) {
        return Multi.createFrom().deferred(() -> {
            permits.take();
            return database.getConnection()
                    .onItem()
                    .transformToMulti(connection -> read(connection, filter))
                    // Nothing comes either when nobody asks for more.
                    .ifNoItem()
                    .after(stall)
                    .fail()
                    .onTermination()
                    .invoke(permits::giveBack);
        });
    }

    private static Multi<List<AttributionResponse>> read(SqlConnection connection, AttributionFilter filter) {
        Statement statement = Statement.of(filter);
        Multi<List<AttributionResponse>> rows = connection
                .begin()
                .onItem()
                .transformToMulti(transaction -> connection
                        .prepare(statement.sql())
                        .onItem()
                        .transformToMulti(prepared -> prepared.createStream(CHUNK, Tuple.from(statement.parameters()))
                                .toMulti())
                        .onTermination()
                        .call(() -> end(transaction)))
                .map(AttributionRow::from)
                .group()
                .intoLists()
                .of(CHUNK)
                .onCompletion()
                .ifEmpty()
                .continueWith(List.<List<AttributionResponse>>of(List.of()));
        return rows.onTermination().call(connection::close);
    }

    /** Nothing was written; a connection that is gone has no transaction to end. */
    private static Uni<Void> end(Transaction transaction) {
        return transaction.rollback().onFailure().recoverWithNull();
    }

    private record Statement(String sql, List<@Nullable Object> parameters) {

        static Statement of(AttributionFilter filter) {
            List<String> conditions = new ArrayList<>();
            List<@Nullable Object> parameters = new ArrayList<>();
            filter.equal().forEach((column, value) -> {
                parameters.add(value);
                conditions.add(column + " = $" + parameters.size());
            });
            time(filter.from(), "signed_up_at >= $", conditions, parameters);
            time(filter.to(), "signed_up_at < $", conditions, parameters);
            String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
            return new Statement(
                    "SELECT * FROM attributions" + where + " ORDER BY signed_up_at DESC, user_id", parameters);
        }

        private static void time(
                @Nullable Instant time, String condition, List<String> conditions, List<@Nullable Object> parameters) {
            if (time != null) {
                parameters.add(time.atOffset(ZoneOffset.UTC));
                conditions.add(condition + parameters.size());
            }
        }
    }
}
