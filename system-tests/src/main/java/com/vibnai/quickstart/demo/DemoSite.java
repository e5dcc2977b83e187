package com.vibnai.quickstart.demo;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A small product of its own: marketing pages, a signup, an application and an admin page, with a backend that does what
 * any application's would: it makes users, signs their ids for the page, asks the services with its read key, and makes
 * read tokens for the console.
 */
public final class DemoSite implements AutoCloseable {

    private static final Set<String> PAGES =
            Set.of("ad", "index", "pricing", "docs", "signup", "login", "app", "settings", "admin");
    /** Values that stand in pages; keys that open anything do not. */
    private static final Set<String> PUBLIC = Set.of(
            "TRACKER_URL", "UMAMI_URL", "UMAMI_WEBSITE_ID", "ATTRIBUTION_URL", "PUBLISHABLE_KEY", "DEMO_SITE_URL");

    private static final int PORT = 8090;
    private static final int CLOSE_SECONDS = 10;

    private final Map<String, String> values;
    private final Map<String, String> names = new ConcurrentSkipListMap<>();
    private final Vertx vertx = Vertx.vertx();
    private final WebClient http = WebClient.create(vertx);

    private DemoSite(Map<String, String> values) {
        this.values = values;
    }

    /** Runs the site as a process of its own, on all addresses; the environment holds the values. Part of the demo image. */
    public static void main(String[] arguments) {
        start("0.0.0.0", PORT, System.getenv());
    }

    /** Starts the site on loopback. */
    public static DemoSite start(int port, Map<String, String> values) {
        return start("127.0.0.1", port, values);
    }

    private static DemoSite start(String host, int port, Map<String, String> values) {
        DemoSite site = new DemoSite(values);
        HttpServer server = site.vertx.createHttpServer().requestHandler(site.routes());
        server.listen(port, host).toCompletionStage().toCompletableFuture().join();
        return site;
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private Router routes() {
        Router router = Router.router(vertx);
        router.get("/style.css")
                .handler(context ->
                        context.response().putHeader("content-type", "text/css").end(resource("style.css")));
        router.get("/").handler(context -> page(context, "index"));
        router.get("/:page").handler(context -> page(context, context.pathParam("page")));
        router.route("/api/*").handler(BodyHandler.create(false));
        router.route("/api/console/*")
                .handler(CorsHandler.create()
                        .addOrigin(values.getOrDefault("TRACKER_URL", ""))
                        .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST))
                        .allowedHeader("content-type")
                        .allowCredentials(true));
        router.post("/api/console/token").handler(this::readToken);
        router.get("/api/console/users")
                .handler(context -> forward(
                        context,
                        backEnd("ATTRIBUTION_URL") + "/v1/attributions?"
                                + Objects.requireNonNullElse(context.request().query(), "")));
        router.post("/api/register").handler(this::register);
        router.post("/api/login").handler(this::login);
        router.get("/api/users").handler(context -> context.json(new JsonArray(List.copyOf(names.keySet()))));
        router.get("/api/admin/signups")
                .handler(context -> forward(context, backEnd("ATTRIBUTION_URL") + "/v1/attributions?limit=100"));
        router.get("/api/admin/attribution/:user")
                .handler(context -> forward(context, backEnd("ATTRIBUTION_URL") + "/v1/attributions/" + user(context)));
        router.get("/api/admin/profile/:user")
                .handler(context ->
                        forward(context, backEnd("UMAMI_QUERY_URL") + "/v1/users/" + user(context) + "/profile"));
        return router;
    }

    private void page(RoutingContext context, String name) {
        if (!PAGES.contains(name)) {
            context.response().setStatusCode(404).end("There is no such page.");
            return;
        }
        String layout = resource(name.equals("ad") || name.equals("admin") ? "bare.html" : "layout.html");
        String html = layout.replace("{{content}}", resource(name + ".html"));
        for (String value : PUBLIC) {
            html = html.replace("{{" + value + "}}", values.getOrDefault(value, ""));
        }
        context.response().putHeader("content-type", "text/html;charset=utf-8").end(html);
    }

    private void register(RoutingContext context) {
        String name = context.body().asJsonObject().getString("name", "").strip();
        String id = (name.isEmpty() ? "user" : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")) + "-"
                + UUID.randomUUID().toString().substring(0, 4);
        names.put(id, name);
        context.json(signed(id));
    }

    private void login(RoutingContext context) {
        String id = context.body().asJsonObject().getString("id", "").strip();
        if (id.isEmpty()) {
            context.response().setStatusCode(400).end();
        } else {
            names.putIfAbsent(id, id);
            context.json(signed(id));
        }
    }

    /** What a page needs to prove the id to attribution-service. */
    private JsonObject signed(String id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    values.getOrDefault("SIGNING_SECRET", "").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signature = HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
            return new JsonObject().put("id", id).put("signature", signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A real back end looks first who is logged in, and whether they may see what they ask for. */
    private void readToken(RoutingContext context) {
        http.postAbs(backEnd("ATTRIBUTION_URL") + "/v1/read-tokens")
                .bearerTokenAuthentication(values.get("READ_KEY"))
                .putHeader("content-type", "application/json")
                .sendBuffer(context.body().buffer())
                .onSuccess(answer -> passOn(context, answer))
                .onFailure(e -> context.response().setStatusCode(502).end());
    }

    private void forward(RoutingContext context, String url) {
        http.getAbs(url)
                .bearerTokenAuthentication(values.get("READ_KEY"))
                .send()
                .onSuccess(answer -> passOn(context, answer))
                .onFailure(e -> context.response().setStatusCode(502).end());
    }

    /** In containers, this site's own back end reaches the services by other addresses than the browser does. */
    private @Nullable String backEnd(String name) {
        return values.getOrDefault("INTERNAL_" + name, values.get(name));
    }

    private static void passOn(RoutingContext context, HttpResponse<?> answer) {
        context.response()
                .setStatusCode(answer.statusCode())
                .putHeader("content-type", "application/json")
                .end(answer.bodyAsString());
    }

    private static String user(RoutingContext context) {
        return URLEncoder.encode(context.pathParam("user"), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static String resource(String name) {
        try (InputStream stream = DemoSite.class.getResourceAsStream("/demo/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("/demo/" + name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
