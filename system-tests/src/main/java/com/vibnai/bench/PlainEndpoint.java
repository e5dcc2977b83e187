package com.vibnai.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;

/**
 * The reference: a bare HTTP endpoint that parses the body and inserts one row a request with a prepared statement on
 * pooled connections. No key, no check, no classification, no routing.
 */
public final class PlainEndpoint extends AbstractVerticle {

    private static final int CONNECTIONS = 16;

    private final Pool database;
    private final String insert;

    private PlainEndpoint(Pool database, String insert) {
        this.database = database;
        this.insert = insert;
    }

    /** Takes PLAIN_PORT, PLAIN_DB_URL and PLAIN_INSERT from the environment. */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        PgConnectOptions options =
                PgConnectOptions.fromUri(System.getenv("PLAIN_DB_URL")).setCachePreparedStatements(true);
        Pool database = PgBuilder.pool()
                .using(vertx)
                .connectingTo(options)
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .build();
        String insert = System.getenv("PLAIN_INSERT");
        vertx.deployVerticle(
                        () -> new PlainEndpoint(database, insert),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .onFailure(e -> System.exit(1));
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(Integer.parseInt(System.getenv("PLAIN_PORT")), "127.0.0.1")
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/")) {
            request.response().end();
            return;
        }
        request.body().onSuccess(body -> {
            JsonObject signup = body.toJsonObject();
            database.preparedQuery(insert)
                    .execute(Tuple.of(
                            signup.getString("user_id"),
                            signup.getString("utm_source"),
                            signup.getString("utm_medium"),
                            signup.getString("utm_campaign"),
                            signup.getString("referrer"),
                            signup.getString("landing_page")))
                    .onSuccess(rows -> request.response()
                            .setStatusCode(201)
                            .putHeader("Content-Type", "application/json")
                            .end("{\"created\":true}"))
                    .onFailure(e -> request.response().setStatusCode(500).end());
        });
    }
}
