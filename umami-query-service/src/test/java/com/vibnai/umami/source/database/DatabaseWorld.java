package com.vibnai.umami.source.database;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.source.EventSourceContract.World;
import com.vibnai.umami.source.UmamiRows;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.util.List;
import java.util.Map;

/** A database with one of Umami's schemas, and the source on it: all but HTTP. */
public final class DatabaseWorld implements AutoCloseable {

    final TestDatabase database;
    final UmamiRows rows;
    final DatabaseSource source;
    final Recorder statements;
    private final boolean owner;
    private final Vertx vertx = Vertx.vertx();
    private final UmamiPool connections;
    private final io.vertx.sqlclient.Pool pool;

    public DatabaseWorld(UmamiSchema schema, Map<String, String> settings) {
        this(TestPostgres.shared().createDatabase("umami"), schema, settings);
    }

    /** Another source on the same database. */
    DatabaseWorld(DatabaseWorld other, Map<String, String> settings) {
        this(other.database, other.rows, settings, false);
    }

    private DatabaseWorld(TestDatabase database, UmamiSchema schema, Map<String, String> settings) {
        this(database, created(database, schema), settings, true);
    }

    private DatabaseWorld(TestDatabase database, UmamiRows rows, Map<String, String> settings, boolean owner) {
        this.database = database;
        this.rows = rows;
        this.owner = owner;
        QueryConfig config = config(settings);
        PgConnectOptions connect = PgConnectOptions.fromUri(database.reactiveUrl())
                .setUser(database.user())
                .setPassword(database.password());
        this.connections = new UmamiPool(config);
        this.pool = connections.create(vertx, new PoolOptions().setMaxSize(4), List.of(connect));
        this.statements = new Recorder(new Pool(pool), connections, config);
        this.source = new DatabaseSource(new UmamiDatabase(statements, config), config);
    }

    private static UmamiRows created(TestDatabase database, UmamiSchema schema) {
        schema.create(database);
        return new UmamiRows(database);
    }

    static QueryConfig config(Map<String, String> settings) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(QueryConfig.class);
        // Slow machines: what is tested here is what is answered, not how soon.
        builder.withDefaultValue("umami.query.statement-timeout", "60s");
        builder.withDefaultValue("umami.query.timeout", "60s");
        builder.withDefaultValue("umami.query.acquire-timeout", "30s");
        builder.withDefaultValue("umami.query.silence", "90s");
        settings.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(QueryConfig.class);
    }

    /** Whether its sessions are bounded, so that there need be no transactions. */
    boolean hasBoundedConnections() {
        return pool.withConnection(connection -> Future.succeededFuture(connections.isBounded(connection)))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** Source and rows. */
    public World world() {
        return new World(source, rows);
    }

    @Override
    public void close() {
        pool.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        if (owner) {
            database.close();
        }
    }
}
