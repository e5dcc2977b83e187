package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.platform.problem.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Runs statements that fit the Umami at hand, whatever it is and even if it is upgraded meanwhile. */
@Singleton
class UmamiDatabase {

    /** PostgreSQL's "no such column", "no such table", and "cached plan must not change result type". */
    private static final Set<String> CHANGED = Set.of("42703", "42P01", "0A000");

    private final ReadOnlyTransactions transactions;
    private final SchemaDetection detection;
    private final Duration statementTimeout;
    private final AtomicInteger upgrades = new AtomicInteger();

    UmamiDatabase(ReadOnlyTransactions transactions, QueryConfig config) {
        this.transactions = transactions;
        this.detection = new SchemaDetection(transactions, config);
        this.statementTimeout = config.statementTimeout();
    }

    /** What this Umami has; 503 when it does not answer or lacks what is needed. */
    Uni<UmamiSchema> schema() {
        return detection.schema();
    }

    /** Runs the statement that {@code sql} makes for the columns that this Umami has. */
    Uni<RowSet<Row>> query(Function<UmamiColumns, String> sql, Tuple parameters) {
        return query(schema -> sql.apply(schema.columns()), parameters, statementTimeout);
    }

    /** The same for the whole schema, within another time. */
    Uni<RowSet<Row>> query(Function<UmamiSchema, String> sql, Tuple parameters, Duration timeout) {
        return fitting(sql, text -> transactions.query(text, parameters, timeout));
    }

    /**
     * A statement that goes from segment to segment through an index. That is the best plan for any segments, and making it
     * anew costs more than running it.
     */
    Uni<RowSet<Row>> queryBySegment(Function<UmamiColumns, String> sql, Tuple parameters) {
        return fitting(
                schema -> sql.apply(schema.columns()), text -> transactions.queryByGenericPlan(text, parameters));
    }

    private Uni<RowSet<Row>> fitting(
            Function<UmamiSchema, String> sql, Function<String, Uni<RowSet<Row>>> transaction) {
        Uni<RowSet<Row>> once = Uni.createFrom()
                .deferred(detection::schema)
                .flatMap(schema -> transaction.apply(sql.apply(schema) + age()));
        return once.onFailure(UmamiDatabase::hasChanged)
                .recoverWithUni(failure -> {
                    detection.forget();
                    upgrades.incrementAndGet();
                    return once;
                })
                .onFailure(UmamiDatabase::hasChanged)
                .transform(failure -> ApiException.unavailable(
                        "Umami's tables are not what they were a moment ago: " + failure.getMessage(),
                        ReadOnlyTransactions.RETRY));
    }

    /** A connection knows a statement by its text; after an upgrade of Umami it has to be made anew. */
    private String age() {
        return upgrades.get() == 0 ? "" : "-- " + upgrades.get();
    }

    private static boolean hasChanged(Throwable failure) {
        return failure instanceof PgException pg && CHANGED.contains(pg.getSqlState());
    }
}
