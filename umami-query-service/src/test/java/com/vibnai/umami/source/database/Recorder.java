package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs statements and keeps them, to have them explained. */
final class Recorder extends ReadOnlyTransactions {

    record Statement(String sql, Tuple parameters) {}

    final Queue<Statement> seen = new ConcurrentLinkedQueue<>();

    Recorder(Pool pool, QueryConfig config) {
        super(pool, config);
    }

    @Override
    Uni<List<RowSet<Row>>> run(String begin, List<String> statements, Tuple parameters) {
        statements.forEach(sql -> seen.add(new Statement(sql, parameters)));
        return super.run(begin, statements, parameters);
    }
}
