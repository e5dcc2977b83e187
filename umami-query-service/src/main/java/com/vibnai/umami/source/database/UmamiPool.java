package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The few connections to Umami's database. Whoever cannot get one soon is told so, and a connection on which the server
 * says nothing for longer than any statement may take is given up: a hanging server must not keep them all for good.
 *
 * <p>On a direct connection statements have names, so that PostgreSQL parses and plans each once, which costs it several
 * times what running one costs. Behind a pooler, whose connections lead to another backend each time, they have none.
 */
@Singleton
class UmamiPool implements PgPoolCreator {

    /** Requests that may wait for a connection; more would only wait in vain. */
    private static final int QUEUE = 256;

    /** A pooler in transaction mode refuses connections with this parameter, and nothing here needs it. */
    private static final String NOT_FOR_POOLERS = "extra_float_digits";

    /** More than there are texts of statements. */
    private static final int NAMED = 64;

    private final QueryConfig config;
    private volatile boolean direct;

    UmamiPool(QueryConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        return create(input.vertx(), bounded(new PoolOptions(input.poolOptions())), input.pgConnectOptionsList());
    }

    Pool create(Vertx vertx, PoolOptions options, List<PgConnectOptions> servers) {
        return PgBuilder.pool()
                .with(options)
                .connectingTo(
                        servers.stream().<SqlConnectOptions>map(this::connect).toList())
                .withConnectHandler(this::recognisePooler)
                .using(vertx)
                .build();
    }

    /** A pooler tells its clients process numbers of its own. Each connection is asked before its first use. */
    private void recognisePooler(SqlConnection connection) {
        int told = PgConnection.cast(connection).processId();
        connection.query("SELECT pg_backend_pid()").execute().onComplete(asked -> {
            direct = asked.succeeded() && asked.result().iterator().next().getInteger(0) == told;
            connection.close();
        });
    }

    private PoolOptions bounded(PoolOptions options) {
        return options.setMaxWaitQueueSize(QUEUE)
                .setConnectionTimeout((int) config.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private PgConnectOptions connect(PgConnectOptions options) {
        Map<String, String> properties = new TreeMap<>(options.getProperties());
        properties.remove(NOT_FOR_POOLERS);
        PgConnectOptions connect = new PgConnectOptions(options);
        connect.setProperties(properties);
        connect.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        connect.setIdleTimeout((int) config.silence().toMillis());
        connect.setConnectTimeout((int) config.acquireTimeout().toMillis());
        connect.setCachePreparedStatements(true);
        connect.setPreparedStatementCacheMaxSize(NAMED);
        connect.setPreparedStatementCacheSqlFilter(sql -> direct);
        return connect;
    }
}
