package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The few connections to Umami's database. Whoever cannot get one soon is told so, and a connection on which the server
 * says nothing for longer than any statement may take is given up: a hanging server must not keep them all for good.
 */
@Singleton
class UmamiPool implements PgPoolCreator {

    /** Requests that may wait for a connection; more would only wait in vain. */
    private static final int QUEUE = 256;

    /** A pooler in transaction mode refuses connections with this parameter, and nothing here needs it. */
    private static final String NOT_FOR_POOLERS = "extra_float_digits";

    private final QueryConfig config;

    UmamiPool(QueryConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        return PgBuilder.pool()
                .with(bounded(new PoolOptions(input.poolOptions())))
                .connectingTo(input.pgConnectOptionsList().stream()
                        .<SqlConnectOptions>map(this::connect)
                        .toList())
                .using(input.vertx())
                .build();
    }

    private PoolOptions bounded(PoolOptions options) {
        return options.setMaxWaitQueueSize(QUEUE)
                .setConnectionTimeout((int) config.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    PgConnectOptions connect(PgConnectOptions options) {
        Map<String, String> properties = new TreeMap<>(options.getProperties());
        properties.remove(NOT_FOR_POOLERS);
        PgConnectOptions connect = new PgConnectOptions(options);
        connect.setProperties(properties);
        connect.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        connect.setIdleTimeout((int) config.silence().toMillis());
        connect.setConnectTimeout((int) config.acquireTimeout().toMillis());
        return connect;
    }
}
