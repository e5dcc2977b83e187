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

/**
 * The one way to Umami's database: a read-only transaction with a statement timeout, all of it set for the transaction
 * alone, so that it holds behind a connection pooler in transaction mode too.
 */
@Singleton
class ReadOnlyTransactions {

    static final Duration RETRY = Duration.ofSeconds(5);

    private final Pool pool;
    private final Duration timeout;

    /** With another source there is no pool, and asking for one would fail the start. */
    @Inject
    ReadOnlyTransactions(Instance<Pool> pool, QueryConfig config) {
        this(pool.get(), config);
    }

    ReadOnlyTransactions(Pool pool, QueryConfig config) {
        this.pool = pool;
        this.timeout = config.timeout();
    }

    /** Runs one statement, which PostgreSQL ends after {@code statementTimeout}. */
    Uni<RowSet<Row>> query(String sql, Tuple parameters, Duration statementTimeout) {
        return queries(List.of(sql), parameters, statementTimeout).map(answers -> answers.get(0));
    }

    /** The same by a plan that does not look at the parameters, so that it can be kept. */
    Uni<RowSet<Row>> queryByGenericPlan(String sql, Tuple parameters, Duration statementTimeout) {
        return run(
                        begin(statementTimeout) + "; SET LOCAL plan_cache_mode = force_generic_plan",
                        List.of(sql),
                        parameters)
                .map(answers -> answers.get(0));
    }

    /** Runs statements one after the other in one transaction, all with the same parameters. */
    Uni<List<RowSet<Row>>> queries(List<String> statements, Tuple parameters, Duration statementTimeout) {
        return run(begin(statementTimeout), statements, parameters);
    }

    private static String begin(Duration statementTimeout) {
        return "BEGIN READ ONLY; SET LOCAL statement_timeout = " + statementTimeout.toMillis();
    }

    /** Runs statements in a transaction that the statements {@code begin} begin. */
    Uni<List<RowSet<Row>>> run(String begin, List<String> statements, Tuple parameters) {
        return pool.withConnection(connection -> atOnce(connection, begin, statements, parameters))
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
