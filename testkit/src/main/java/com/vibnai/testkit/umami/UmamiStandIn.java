package com.vibnai.testkit.umami;

import com.vibnai.testkit.umami.api.ApiOptions;
import com.vibnai.testkit.umami.api.RestApi;
import com.vibnai.testkit.umami.standin.CacheToken;
import com.vibnai.testkit.umami.standin.Client;
import com.vibnai.testkit.umami.standin.SendRequest;
import com.vibnai.testkit.umami.standin.SessionIds;
import com.vibnai.testkit.umami.standin.Store;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that answers and stores as the real Umami does: {@code POST /api/send}, {@code GET /script.js},
 * {@code GET /api/heartbeat}, and the {@link RestApi}. The recordings of a real 3.1.0 are replayed against it in its tests. For tests and the
 * quickstart; nothing of it is in an image.
 */
public final class UmamiStandIn implements AutoCloseable {

    /** A visit ends this long after it began, whatever happens in it. */
    private static final Duration VISIT = Duration.ofMinutes(30);

    private static final int CLOSE_TIMEOUT_SECONDS = 10;

    private final Options options;
    private final HikariDataSource database;
    private final Store store;
    private final RestApi api;
    private final CacheToken tokens = new CacheToken();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    /**
     * What to be.
     *
     * @param jdbcUrl database with Umami's schema, credentials included
     * @param semantics which version's identify
     * @param port TCP port, 0 for any free one
     * @param host address to listen on
     * @param clock source of event times
     * @param api who may call the REST API
     */
    public record Options(
            String jdbcUrl, Semantics semantics, int port, String host, InstantSource clock, ApiOptions api) {

        /** Umami 3.1 on a free port of the loopback address. */
        public static Options on(String jdbcUrl) {
            return new Options(jdbcUrl, Semantics.V3_1, 0, "127.0.0.1", InstantSource.system(), ApiOptions.fresh());
        }

        /** The same with other semantics; the database must have their schema. */
        public Options with(Semantics other) {
            return new Options(jdbcUrl, other, port, host, clock, api);
        }

        /** The same on a given address. */
        public Options at(String otherHost, int otherPort) {
            return new Options(jdbcUrl, semantics, otherPort, otherHost, clock, api);
        }

        /** The same with another clock. */
        public Options with(InstantSource otherClock) {
            return new Options(jdbcUrl, semantics, port, host, otherClock, api);
        }

        /** The same with another way into the REST API. */
        public Options with(ApiOptions otherApi) {
            return new Options(jdbcUrl, semantics, port, host, clock, otherApi);
        }
    }

    private UmamiStandIn(Options options) throws SQLException {
        this.options = options;
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(options.jdbcUrl);
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(0);
        this.database = new HikariDataSource(pool);
        this.store = new Store(database, options.semantics);
        this.api = new RestApi(database, options.api, options.clock);
        this.server = vertx.createHttpServer().requestHandler(routes());
    }

    /** Starts a server; it answers when this returns. */
    public static UmamiStandIn start(Options options) {
        try {
            UmamiStandIn umami = new UmamiStandIn(options);
            try {
                umami.server
                        .listen(options.port, options.host)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
            } catch (RuntimeException e) {
                umami.close();
                throw e;
            }
            return umami;
        } catch (SQLException e) {
            throw new IllegalStateException("the stand-in for Umami cannot use its database", e);
        }
    }

    /** Where it listens, without a slash at the end. */
    public String url() {
        return "http://" + options.host + ":" + server.actualPort();
    }

    /** The REST API of it. */
    public RestApi api() {
        return api;
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
        database.close();
    }

    private Router routes() {
        Router router = Router.router(vertx);
        router.route()
                .handler(CorsHandler.create()
                        .allowedMethod(HttpMethod.GET)
                        .allowedMethod(HttpMethod.POST)
                        .allowedHeader("content-type")
                        .allowedHeader("x-umami-cache")
                        .maxAgeSeconds(86400));
        router.get("/api/heartbeat").handler(context -> context.json(new JsonObject().put("ok", true)));
        String script = script();
        router.get("/script.js").handler(context -> context.response()
                .putHeader("content-type", "text/javascript;charset=utf-8")
                .end(script));
        router.post("/api/send").handler(BodyHandler.create(false)).blockingHandler(this::send, false);
        api.mount(router);
        return router;
    }

    private static String script() {
        try (InputStream file = UmamiStandIn.class.getResourceAsStream("/umami/web/script.js")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(RoutingContext context) {
        try {
            answer(context, 200, collect(context));
        } catch (SendRequest.Rejected e) {
            answer(context, 400, e.answer());
        } catch (SQLException e) {
            JsonObject error = new JsonObject().put("message", e.getMessage()).put("status", 500);
            answer(context, 500, new JsonObject().put("error", error));
        }
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body.encode());
    }

    private JsonObject collect(RoutingContext context) throws SendRequest.Rejected, SQLException {
        SendRequest request = SendRequest.parse(
                context.body().asString() == null ? "" : context.body().asString());
        Optional<CacheToken.Claims> token = tokens.verify(context.request().getHeader("x-umami-cache"));
        if (token.isEmpty() && !store.hasWebsite(request.website())) {
            throw SendRequest.unknownWebsite();
        }
        Client client = client(context, request);
        if (client.isBot()) {
            return new JsonObject().put("beep", "boop");
        }
        Instant at = request.timestamp() == null ? options.clock.instant() : request.timestamp();
        UUID session = SessionIds.session(options.semantics, request.website(), client, at, id(request));
        if (token.isEmpty()) {
            store.createSession(request, client, session, at, context.request().getHeader("cf-ipcountry"));
        }
        String id = id(request);
        if (options.semantics.linksSessions() && id != null) {
            store.link(request.website(), session, id, at);
        }
        CacheToken.Claims claims = visit(request, token, session, at);
        save(request, claims, at);
        return new JsonObject()
                .put("cache", tokens.sign(claims))
                .put("sessionId", claims.sessionId().toString())
                .put("visitId", claims.visitId().toString());
    }

    private static CacheToken.Claims visit(
            SendRequest request, Optional<CacheToken.Claims> token, UUID session, Instant at) {
        boolean goesOn = token.isPresent()
                && (request.timestamp() != null
                        || at.getEpochSecond() - token.get().iat() <= VISIT.toSeconds());
        return goesOn
                ? new CacheToken.Claims(
                        request.website(),
                        session,
                        token.get().visitId(),
                        token.get().iat())
                : new CacheToken.Claims(request.website(), session, SessionIds.visit(session, at), at.getEpochSecond());
    }

    private void save(SendRequest request, CacheToken.Claims claims, Instant at) throws SQLException {
        if (!request.type().equals("identify")) {
            store.saveEvent(request, claims.sessionId(), claims.visitId(), at);
        } else if (request.data() != null) {
            store.saveSessionData(request, claims.sessionId(), at, id(request));
        }
    }

    private @Nullable String id(SendRequest request) {
        if (!options.semantics.knowsIds()
                || request.id() == null
                || request.id().isEmpty()) {
            return null;
        }
        boolean cuts = options.semantics != Semantics.V3_1 && request.id().length() > 50;
        return cuts ? request.id().substring(0, 50) : request.id();
    }

    private static Client client(RoutingContext context, SendRequest request) {
        String forwarded = context.request().getHeader("x-forwarded-for");
        String address =
                forwarded == null ? context.request().remoteAddress().host() : forwarded.split(",", -1)[0].trim();
        String agent = context.request().getHeader("user-agent");
        return Client.of(
                request.ip() == null ? address : request.ip(),
                request.userAgent() == null ? (agent == null ? "" : agent) : request.userAgent(),
                request.screen());
    }
}
