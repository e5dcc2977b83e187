package com.vibnai.umami.platform;

import com.vibnai.umami.platform.problem.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * The one way to Umami's database: a read-only transaction with a statement timeout, both set for the transaction alone,
 * so that they hold behind a connection pooler too.
 */
@ApplicationScoped
public class UmamiDatabase {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private static final String COLUMNS = """
            SELECT table_name || '.' || column_name AS name
            FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name IN ('website_event', 'session')
            """;

    private final Pool pool;
    private final QueryConfig config;
    private final String begin;
    private final Uni<UmamiColumns> columns;

    UmamiDatabase(Pool pool, QueryConfig config) {
        this.pool = pool;
        this.config = config;
        this.begin = "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = "
                + config.statementTimeout().toMillis();
        this.columns = transaction(connection -> connection.query(COLUMNS).execute())
                .map(UmamiDatabase::columns)
                .memoize()
                .until(() -> false);
    }

    /** Runs the statement that {@code sql} makes for the columns that this Umami has. */
    public Uni<RowSet<Row>> query(Function<UmamiColumns, String> sql, Tuple parameters) {
        return columns.flatMap(known -> transaction(
                connection -> connection.preparedQuery(sql.apply(known)).execute(parameters)));
    }

    private Uni<RowSet<Row>> transaction(Function<SqlConnection, Uni<RowSet<Row>>> work) {
        return pool.withTransaction(
                        connection -> connection.query(begin).execute().flatMap(ready -> work.apply(connection)))
                .ifNoItem()
                .after(config.timeout())
                .failWith(
                        () -> ApiException.unavailable("Umami's database does not answer in time; try again.", RETRY));
    }

    private static UmamiColumns columns(RowSet<Row> rows) {
        Set<String> names = new HashSet<>();
        rows.forEach(row -> names.add(row.getString("name")));
        return new UmamiColumns(names);
    }
}
