package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs statements and keeps them, to have them explained. */
final class Recorder extends ReadOnlyTransactions {

    record Statement(String sql, Tuple parameters) {}

    final Queue<Statement> seen = new ConcurrentLinkedQueue<>();

    Recorder(Pool pool, UmamiPool connections, QueryConfig config) {
        super(pool, connections, config);
    }

    @Override
    Uni<List<RowSet<Row>>> queries(List<String> statements, Tuple parameters, Duration statementTimeout) {
        statements.forEach(sql -> seen.add(new Statement(sql, parameters)));
        return super.queries(statements, parameters, statementTimeout);
    }

    @Override
    Uni<RowSet<Row>> queryByGenericPlan(String sql, Tuple parameters) {
        seen.add(new Statement(sql, parameters));
        return super.queryByGenericPlan(sql, parameters);
    }
}
