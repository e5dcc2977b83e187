package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.problem.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;

/**
 * The one way to Umami's database: a read-only transaction with a statement timeout, both set for the transaction alone
 * and statements without names, so that all of it holds behind a connection pooler in transaction mode too.
 */
class ReadOnlyTransactions {

    static final Duration RETRY = Duration.ofSeconds(5);

    private final Pool pool;
    private final Duration timeout;

    /** {@code timeout}: for everything, waiting for a connection included. */
    ReadOnlyTransactions(Pool pool, Duration timeout) {
        this.pool = pool;
        this.timeout = timeout;
    }

    /** Runs one statement, which PostgreSQL ends after {@code statementTimeout}. */
    Uni<RowSet<Row>> query(String sql, Tuple parameters, Duration statementTimeout) {
        return queries(List.of(sql), parameters, statementTimeout).map(answers -> answers.get(0));
    }

    /** Runs statements one after the other in one transaction, all with the same parameters. */
    Uni<List<RowSet<Row>>> queries(List<String> statements, Tuple parameters, Duration statementTimeout) {
        String begin = "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = " + statementTimeout.toMillis();
        return pool.withTransaction(connection ->
                        connection.query(begin).execute().flatMap(ready -> each(connection, statements, parameters)))
                .ifNoItem()
                .after(timeout)
                .failWith(
                        () -> ApiException.unavailable("Umami's database does not answer in time; try again.", RETRY));
    }

    private static Uni<List<RowSet<Row>>> each(SqlConnection connection, List<String> statements, Tuple parameters) {
        List<Uni<RowSet<Row>>> all = statements.stream()
                .map(sql -> connection.preparedQuery(sql).execute(parameters))
                .toList();
        return Uni.join().all(all).usingConcurrencyOf(1).andFailFast();
    }
}
