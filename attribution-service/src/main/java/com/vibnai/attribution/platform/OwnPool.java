package com.vibnai.attribution.platform;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool of the service's own database. A request asks it for a connection for some seconds and is then told 503: it never
 * waits for a database that is down. (Quarkus has no configuration key for that.)
 */
@Singleton
class OwnPool implements PgPoolCreator {

    private static final int PATIENCE_SECONDS = 3;

    @Override
    public Pool create(Input input) {
        return PgBuilder.pool()
                .with(new PoolOptions(input.poolOptions())
                        .setConnectionTimeout(PATIENCE_SECONDS)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
