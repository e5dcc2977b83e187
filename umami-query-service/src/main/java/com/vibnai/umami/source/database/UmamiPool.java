package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The few connections to Umami's database. Whoever cannot get one soon is told so, and a connection on which the server
 * says nothing for longer than any statement may take is given up: a hanging server must not keep them all for good.
 *
 * <p>On a direct connection statements have names, so that PostgreSQL parses and plans each once, which costs it several
 * times what running one costs, and the bounds of a statement are set once for the session. Behind a pooler, whose
 * connections lead to another backend each time, there are no names, and each transaction sets its bounds.
 */
@Singleton
class UmamiPool implements PgPoolCreator {

    /** Requests that may wait for a connection; more would only wait in vain. */
    private static final int QUEUE = 256;

    /** A pooler in transaction mode refuses connections with this parameter, and nothing here needs it. */
    private static final String NOT_FOR_POOLERS = "extra_float_digits";

    /** More than there are texts of statements. */
    private static final int NAMED = 64;

    /** Connections whose bounds are known. One that is forgotten is bounded by transactions like a pooler's. */
    private static final int REMEMBERED = 1_000;

    private final QueryConfig config;
    private final Set<Long> bounded = ConcurrentHashMap.newKeySet();
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

    /**
     * Whether all that runs on this connection is read-only, ends at the statement timeout and is planned once for any
     * parameters, without a transaction that says so.
     */
    boolean isBounded(SqlConnection connection) {
        return bounded.contains(key(PgConnection.cast(connection)));
    }

    /** A pooler tells its clients process numbers of its own. Each connection is asked before its first use. */
    private void recognisePooler(SqlConnection connection) {
        PgConnection pg = PgConnection.cast(connection);
        pg.query("SELECT pg_backend_pid()")
                .execute()
                .map(asked -> asked.iterator().next().getInteger(0) == pg.processId())
                .compose(same -> same ? bound(pg) : Future.succeededFuture(false))
                .onComplete(done -> {
                    direct = done.succeeded() && done.result();
                    connection.close();
                });
    }

    /** Only where the session is ours alone: a pooler's next client would find what was set. */
    private Future<Boolean> bound(PgConnection connection) {
        return connection
                .query("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; SET statement_timeout = "
                        + config.statementTimeout().toMillis() + "; SET plan_cache_mode = force_generic_plan")
                .execute()
                .map(set -> {
                    if (bounded.size() >= REMEMBERED) {
                        bounded.clear();
                    }
                    bounded.add(key(connection));
                    return true;
                });
    }

    private static long key(PgConnection connection) {
        return ((long) connection.processId() << Integer.SIZE) | Integer.toUnsignedLong(connection.secretKey());
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
