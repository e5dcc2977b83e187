package com.vibnai.umami;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** attribution-service's calls over real HTTP, answering what a test puts in. Pages hold two segments. */
public final class AttributionStub implements AutoCloseable {

    static final String KEY = "rk_of_the_query_service";
    /** Instead of a status: the request is never answered. */
    public static final int SILENCE = 0;

    private static final int PAGE = 2;
    private static final int NORMAL = 200;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, List<JsonObject>> segments = new ConcurrentHashMap<>();
    private final Map<String, String> signups = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final AtomicInteger status = new AtomicInteger(NORMAL);
    private final AtomicInteger linkStatus = new AtomicInteger(NORMAL);
    private final BlockingQueue<JsonObject> links = new LinkedBlockingQueue<>();
    private final Queue<RoutingContext> silent = new ConcurrentLinkedQueue<>();
    private final Queue<JsonObject> journeys = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    AttributionStub() {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false)).handler(this::guard);
        router.get("/v1/users/:user/identity-links").handler(this::segments);
        router.get("/v1/attributions/:user").handler(this::signup);
        router.post("/v1/identity-links/batch").handler(this::link);
        router.post("/v1/journeys/batch").handler(this::journeysOfSessions);
        router.get("/v1/journeys").handler(this::journeysStarting);
        router.post("/v1/channels/classify/batch").handler(this::classify);
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

    /** Adds a user's journey, with sessions and conversions as attribution-service tells them. */
    public void journey(JsonObject journey) {
        journeys.add(journey);
    }

    /** Answers everything with this status from now on; 200 is normal. */
    public void answer(int newStatus) {
        status.set(newStatus);
        if (newStatus != SILENCE) {
            for (RoutingContext waiting = silent.poll(); waiting != null; waiting = silent.poll()) {
                waiting.fail(503);
            }
        }
    }

    /** Answers links that are pushed with this status from now on; 200 is normal. */
    public void answerLinks(int newStatus) {
        linkStatus.set(newStatus);
    }

    /** How often the segments of a user were asked for. */
    public int asked(String user) {
        return asked.getOrDefault(user, new AtomicInteger()).get();
    }

    /** The next link that is pushed for this user; null if none comes for a long time. */
    public @Nullable JsonObject nextLink(String user) throws InterruptedException {
        JsonObject link;
        do {
            link = links.poll(60, TimeUnit.SECONDS);
        } while (link != null && !user.equals(link.getString("user_id")));
        return link;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void guard(RoutingContext context) {
        if (status.get() == SILENCE) {
            silent.add(context);
        } else if (status.get() != NORMAL) {
            context.response().setStatusCode(status.get()).end();
        } else if (!("Bearer " + KEY).equals(context.request().getHeader("Authorization"))) {
            context.response().setStatusCode(401).end();
        } else {
            context.next();
        }
    }

    private void segments(RoutingContext context) {
        String user = context.pathParam("user");
        asked.computeIfAbsent(user, key -> new AtomicInteger()).incrementAndGet();
        List<JsonObject> all = segments.getOrDefault(user, List.of());
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

    private void journeysOfSessions(RoutingContext context) {
        Set<String> asked = context.body().asJsonArray().stream()
                .map(session -> ((JsonObject) session).getString("session_id"))
                .collect(Collectors.toSet());
        JsonArray found = new JsonArray();
        journeys.stream()
                .filter(journey -> journey.getJsonArray("sessions").stream()
                        .anyMatch(session -> asked.contains(((JsonObject) session).getString("session_id"))))
                .forEach(found::add);
        context.json(new JsonObject().put("items", found));
    }

    /** Signups of the range only, one to a page. */
    private void journeysStarting(RoutingContext context) {
        String from = context.queryParam("from").get(0);
        String to = context.queryParam("to").get(0);
        List<JsonObject> found = journeys.stream()
                .filter(journey -> journey.getString("signed_up_at") != null)
                .filter(journey -> journey.getString("signed_up_at").compareTo(from) >= 0
                        && journey.getString("signed_up_at").compareTo(to) < 0)
                .toList();
        int place = context.queryParam("cursor").stream()
                .findFirst()
                .map(Integer::valueOf)
                .orElse(0);
        context.json(new JsonObject()
                .put(
                        "items",
                        new JsonArray(new ArrayList<Object>(found.subList(place, Math.min(place + 1, found.size())))))
                .put("next_cursor", place + 1 < found.size() ? Integer.toString(place + 1) : null));
    }

    private void classify(RoutingContext context) {
        JsonArray items = new JsonArray();
        context.body()
                .asJsonArray()
                .forEach(touch -> items.add(new JsonObject()
                        .put("channel", "by " + ((JsonObject) touch).getString("utm_medium", "nothing"))));
        context.json(new JsonObject().put("items", items));
    }

    private void link(RoutingContext context) {
        if (linkStatus.get() != NORMAL) {
            context.response().setStatusCode(linkStatus.get()).end();
            return;
        }
        context.body().asJsonArray().forEach(link -> links.add((JsonObject) link));
        context.json(new JsonObject().put("items", new JsonArray()));
    }
}
