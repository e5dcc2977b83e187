package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.platform.problem.ApiException;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The one way to Umami's database: read-only and with a statement timeout. Both are set for a transaction alone, so that
 * they hold behind a connection pooler in transaction mode too, or once for a session that is ours ({@link UmamiPool}).
 */
@Singleton
class ReadOnlyTransactions {

    static final Duration RETRY = Duration.ofSeconds(5);

    private final Pool pool;
    private final UmamiPool connections;
    private final Duration timeout;
    private final Duration statementTimeout;

    /** With another source there is no pool, and asking for one would fail the start. */
    @Inject
    ReadOnlyTransactions(Instance<Pool> pool, UmamiPool connections, QueryConfig config) {
        this(pool.get(), connections, config);
    }

    ReadOnlyTransactions(Pool pool, UmamiPool connections, QueryConfig config) {
        this.pool = pool;
        this.connections = connections;
        this.timeout = config.timeout();
        this.statementTimeout = config.statementTimeout();
    }

    /** Runs one statement, which PostgreSQL ends after {@code statementTimeout}. */
    Uni<RowSet<Row>> query(String sql, Tuple parameters, Duration statementTimeout) {
        return queries(List.of(sql), parameters, statementTimeout).map(answers -> answers.get(0));
    }

    /** Runs statements one after the other in one transaction, all with the same parameters. */
    Uni<List<RowSet<Row>>> queries(List<String> statements, Tuple parameters, Duration statementTimeout) {
        return onConnection(connection -> atOnce(connection, begin(statementTimeout, "auto"), statements, parameters));
    }

    /**
     * Runs one statement, which PostgreSQL ends after the configured statement timeout, by a plan that does not look at
     * the parameters, so that it can be kept. Where the connection has these bounds already, the statement is all there is.
     */
    Uni<RowSet<Row>> queryByGenericPlan(String sql, Tuple parameters) {
        return onConnection(connection -> connections.isBounded(connection.getDelegate())
                ? connection.preparedQuery(sql).execute(parameters)
                : atOnce(connection, begin(statementTimeout, "force_generic_plan"), List.of(sql), parameters)
                        .map(answers -> answers.get(0)));
    }

    private static String begin(Duration statementTimeout, String planCacheMode) {
        return "BEGIN READ ONLY; SET LOCAL statement_timeout = " + statementTimeout.toMillis()
                + "; SET LOCAL plan_cache_mode = " + planCacheMode;
    }

    private <T> Uni<T> onConnection(Function<SqlConnection, Uni<T>> work) {
        return pool.withConnection(work)
                .onFailure(ReadOnlyTransactions::isPoolExhausted)
                .transform(failure -> tooLate())
                .ifNoItem()
                .after(timeout)
                .failWith(ReadOnlyTransactions::tooLate);
    }

    /**
     * Sends a whole transaction without waiting for answers in between, which would cost more than most statements here
     * do. PostgreSQL still takes one after the other, and COMMIT ends a transaction that failed as well.
     */
    private static Uni<List<RowSet<Row>>> atOnce(
            SqlConnection connection, String begin, List<String> statements, Tuple parameters) {
        List<Uni<RowSet<Row>>> all = new ArrayList<>();
        all.add(connection.query(begin).execute());
        statements.forEach(sql -> all.add(connection.preparedQuery(sql).execute(parameters)));
        all.add(connection.query("COMMIT").execute());
        return Uni.join()
                .all(all)
                .andCollectFailures()
                .map(answers -> answers.subList(1, answers.size() - 1))
                .onFailure(CompositeException.class)
                .transform(failures -> failures.getCauses().get(0));
    }

    /** The pool says so by a bare Throwable, when nobody has given back a connection in time. */
    private static boolean isPoolExhausted(Throwable failure) {
        return !(failure instanceof Exception);
    }

    private static ApiException tooLate() {
        return ApiException.unavailable("Umami's database does not answer in time; try again.", RETRY);
    }
}
