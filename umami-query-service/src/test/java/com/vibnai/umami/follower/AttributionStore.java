package com.vibnai.umami.follower;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * attribution-service as followers see it, over real HTTP: leases, positions, links, signups. It decides as the real one
 * does, whose own tests hold that; here it also shows what it was sent. With it, Umami's database.
 */
public final class AttributionStore implements QuarkusTestResourceLifecycleManager {

    private static final String KEY = "sk_of_the_query_service";

    private static TestDatabase umami;
    private static AttributionStore running;

    /** Every link that was sent, in order, repetitions included. */
    public final List<JsonObject> sent = new CopyOnWriteArrayList<>();
    /** Each link once, as the real service stores it. */
    public final Set<String> links = ConcurrentHashMap.newKeySet();
    /** Signups by user. */
    public final Map<String, JsonObject> signups = new ConcurrentHashMap<>();
    /** Segments by user. */
    public final Map<String, JsonObject> segments = new ConcurrentHashMap<>();
    /** Users whose data were erased. */
    public final Set<String> erased = ConcurrentHashMap.newKeySet();
    /** Position updates that are answered with 500 before one succeeds. */
    public final AtomicInteger failingMoves = new AtomicInteger();

    private final Map<String, Follower> followers = new TreeMap<>();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    private static final class Follower {
        private String holder = "";
        private Instant until = Instant.MIN;
        private long version;
        private JsonObject position;
    }

    public static AttributionStore running() {
        return running;
    }

    public static TestDatabase umami() {
        return umami;
    }

    @Override
    public Map<String, String> start() {
        umami = TestPostgres.shared().createDatabase("umami");
        UmamiSchema.V3_3.create(umami);
        running = this;
        server = vertx.createHttpServer()
                .requestHandler(routes())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return Map.of(
                "UMAMI_DB_URL",
                umami.reactiveUrl() + "?user=" + umami.user() + "&password=" + umami.password(),
                "umami.attribution.url",
                "http://127.0.0.1:" + server.actualPort(),
                "umami.attribution.api-key",
                KEY,
                "umami.first-touch.recover",
                "false");
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        umami.close();
    }

    /** Forgets everything. */
    public synchronized void reset() {
        sent.clear();
        links.clear();
        signups.clear();
        segments.clear();
        erased.clear();
        followers.clear();
        failingMoves.set(0);
    }

    /** The position of a follower; null before its first step. */
    public synchronized JsonObject position(String name) {
        Follower follower = followers.get(name);
        return follower == null ? null : follower.position;
    }

    /** Gives the lease to somebody else, as if it had ended. */
    public synchronized void steal(String name) {
        Follower follower = followers.get(name);
        follower.holder = "a thief";
        follower.until = Instant.MAX;
        follower.version++;
    }

    /** Lets anybody take the lease. */
    public synchronized void reopen(String name) {
        followers.get(name).until = Instant.MIN;
    }

    private Router routes() {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false)).handler(AttributionStore::guard);
        router.post("/v1/followers/:name/lease").handler(this::lease);
        router.put("/v1/followers/:name").handler(this::move);
        router.delete("/v1/followers/:name/lease").handler(this::release);
        router.post("/v1/identity-links/batch").handler(this::link);
        router.get("/v1/users/:user/identity-links").handler(this::segments);
        router.get("/v1/attributions/:user").handler(this::signup);
        router.get("/v1/attributions").handler(this::list);
        router.post("/v1/attributions").handler(this::record);
        return router;
    }

    private static void guard(RoutingContext context) {
        if (("Bearer " + KEY).equals(context.request().getHeader("Authorization"))) {
            context.next();
        } else {
            context.response().setStatusCode(401).end();
        }
    }

    private synchronized void lease(RoutingContext context) {
        JsonObject body = context.body().asJsonObject();
        Follower follower = followers.computeIfAbsent(context.pathParam("name"), name -> new Follower());
        boolean own = follower.holder.equals(body.getString("holder"));
        if (!own && follower.until.isAfter(Instant.now())) {
            context.response().setStatusCode(409).end();
            return;
        }
        follower.version += own ? 0 : 1;
        follower.holder = body.getString("holder");
        follower.until = Instant.now().plusSeconds(body.getLong("seconds"));
        answer(context, follower);
    }

    private synchronized void move(RoutingContext context) {
        JsonObject body = context.body().asJsonObject();
        Follower follower = followers.get(context.pathParam("name"));
        if (failingMoves.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            context.response().setStatusCode(500).end();
        } else if (follower.holder.equals(body.getString("holder")) && follower.version == body.getLong("version")) {
            follower.version++;
            follower.position = body.getJsonObject("position");
            answer(context, follower);
        } else {
            context.response().setStatusCode(409).end();
        }
    }

    private synchronized void release(RoutingContext context) {
        Follower follower = followers.get(context.pathParam("name"));
        if (follower != null
                && follower.holder.equals(context.queryParam("holder").get(0))) {
            follower.until = Instant.MIN;
        }
        context.response().setStatusCode(204).end();
    }

    private static void answer(RoutingContext context, Follower follower) {
        context.json(new JsonObject().put("version", follower.version).put("position", follower.position));
    }

    private void link(RoutingContext context) {
        for (Object entry : context.body().asJsonArray()) {
            JsonObject link = (JsonObject) entry;
            sent.add(link);
            links.add(String.join(
                    " ",
                    link.getString("user_id"),
                    link.getString("session_id"),
                    link.getString("kind"),
                    link.getString("kind").equals("identified") ? "" : link.getString("occurred_at")));
        }
        context.json(new JsonObject().put("items", new JsonArray()));
    }

    private void segments(RoutingContext context) {
        JsonObject segment = segments.get(context.pathParam("user"));
        context.json(new JsonObject()
                .put("items", segment == null ? new JsonArray() : new JsonArray().add(segment))
                .putNull("next_cursor"));
    }

    private void signup(RoutingContext context) {
        JsonObject signup = signups.get(context.pathParam("user"));
        if (signup == null) {
            context.response().setStatusCode(404).end();
        } else {
            context.json(signup);
        }
    }

    /** Newest first, three to a page. */
    private void list(RoutingContext context) {
        Instant from = Instant.parse(context.queryParam("from").get(0));
        Instant to = Instant.parse(context.queryParam("to").get(0));
        int start = context.queryParam("cursor").stream()
                .findFirst()
                .map(Integer::valueOf)
                .orElse(0);
        List<JsonObject> found = new ArrayList<>(signups.values().stream()
                .filter(signup -> !at(signup).isBefore(from) && at(signup).isBefore(to))
                .sorted((a, b) -> at(b).compareTo(at(a)))
                .toList());
        int end = Math.min(start + 3, found.size());
        context.json(new JsonObject()
                .put("items", new JsonArray(new ArrayList<Object>(found.subList(start, end))))
                .put("next_cursor", end < found.size() ? Integer.toString(end) : null));
    }

    private static Instant at(JsonObject signup) {
        return Instant.parse(signup.getString("signed_up_at"));
    }

    private void record(RoutingContext context) {
        JsonObject body = context.body().asJsonObject();
        String user = body.getString("user_id");
        if (erased.contains(user)) {
            context.response().setStatusCode(410).end();
            return;
        }
        JsonObject stored = signups.get(user);
        boolean upgrade = stored.getJsonObject("first_touch").getBoolean("direct");
        if (upgrade) {
            stored.put("first_touch", body.copy().put("direct", false));
        }
        context.json(new JsonObject().put("outcome", upgrade ? "upgraded" : "kept"));
    }
}
