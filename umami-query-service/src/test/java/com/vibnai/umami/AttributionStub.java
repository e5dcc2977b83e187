package com.vibnai.umami;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** attribution-service's two calls over real HTTP, answering what a test puts in. Pages hold two segments. */
public final class AttributionStub implements AutoCloseable {

    static final String KEY = "rk_of_the_query_service";
    private static final int PAGE = 2;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, List<JsonObject>> segments = new ConcurrentHashMap<>();
    private final Map<String, String> signups = new ConcurrentHashMap<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final HttpServer server;

    AttributionStub() {
        Router router = Router.router(vertx);
        router.route().handler(this::guard);
        router.get("/v1/users/:user/identity-links").handler(this::segments);
        router.get("/v1/attributions/:user").handler(this::signup);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Gives a stretch of a session to a user; null bounds are open. */
    public void segment(String user, UUID website, UUID session, String from, String until, boolean shared) {
        segments.computeIfAbsent(user, key -> new ArrayList<>())
                .add(new JsonObject()
                        .put("link_id", UUID.randomUUID().toString())
                        .put("website_id", website.toString())
                        .put("session_id", session.toString())
                        .put("kind", "before_login")
                        .put("from", from)
                        .put("until", until)
                        .put("shared", shared));
    }

    /** Says when a user signed up. */
    public void signUp(String user, String at) {
        signups.put(user, at);
    }

    /** Answers everything with this status from now on; 200 is normal. */
    public void answer(int newStatus) {
        status.set(newStatus);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void guard(RoutingContext context) {
        if (status.get() != 200) {
            context.response().setStatusCode(status.get()).end();
        } else if (!("Bearer " + KEY).equals(context.request().getHeader("Authorization"))) {
            context.response().setStatusCode(401).end();
        } else {
            context.next();
        }
    }

    private void segments(RoutingContext context) {
        List<JsonObject> all = segments.getOrDefault(context.pathParam("user"), List.of());
        int start = context.queryParam("cursor").stream()
                .findFirst()
                .map(Integer::valueOf)
                .orElse(0);
        int end = Math.min(start + PAGE, all.size());
        context.json(new JsonObject()
                .put("items", new JsonArray(new ArrayList<Object>(all.subList(start, end))))
                .put("next_cursor", end < all.size() ? Integer.toString(end) : null));
    }

    private void signup(RoutingContext context) {
        String at = signups.get(context.pathParam("user"));
        if (at == null) {
            context.response().setStatusCode(404).end();
        } else {
            context.json(new JsonObject()
                    .put("user_id", context.pathParam("user"))
                    .put("signed_up_at", at)
                    .put("more", 1));
        }
    }
}
