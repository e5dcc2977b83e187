package com.vibnai.testkit.umami.api;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Umami's REST API, as far as a reader of histories needs it, shaped as 3.1.0 answers: under {@code /api} with the token
 * of a login, and as on Umami Cloud under {@code /v1} with a key.
 */
public final class RestApi {

    private static final int PAGE_SIZE = 20;

    private final Answers answers;
    private final Access access;
    private final CallLimit limit;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong tooMany = new AtomicLong();

    /** Reads from a database with Umami's schema. */
    public RestApi(DataSource database, ApiOptions options, InstantSource clock) throws SQLException {
        this.answers = new Answers(database);
        this.access = new Access(options, clock);
        this.limit = new CallLimit(options.callsPerWindow(), clock);
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.post("/api/auth/login").handler(BodyHandler.create(false)).handler(this::login);
        for (String base : List.of("/api", "/v1")) {
            String website = base + "/websites/:website";
            router.route(base + "/websites*").handler(this::admit);
            get(router, base + "/websites", context -> answers.websites(paging(context)));
            get(router, website, context -> found(answers.website(id(context, "website"))));
            get(router, website + "/sessions", this::sessions);
            get(router, website + "/sessions/:session", this::session);
            get(router, website + "/sessions/:session/activity", this::activity);
            get(router, website + "/sessions/:session/properties", this::properties);
            get(router, website + "/events", this::events);
        }
    }

    /** How many calls were let in since the start, logins not counted. */
    public long calls() {
        return calls.get();
    }

    /** How many calls were answered with 429. */
    public long refused() {
        return tooMany.get();
    }

    /** Takes no token of an earlier login any more. */
    public void forgetLogins() {
        access.forgetLogins();
    }

    /** Answers a call; null is JSON's null. */
    private interface Call {
        @Nullable
        Object answer(RoutingContext context) throws SQLException, Refused;
    }

    /** An answer that is an error. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String code;

        Refused(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    private static void get(Router router, String path, Call call) {
        router.get(path).blockingHandler(context -> answer(context, call), false);
    }

    private static void answer(RoutingContext context, Call call) {
        try {
            context.response().putHeader("content-type", "application/json").end(Json.encode(call.answer(context)));
        } catch (Refused e) {
            refuse(context, e);
        } catch (SQLException e) {
            refuse(context, new Refused(500, "server-error", "Server error"));
        }
    }

    private static void refuse(RoutingContext context, Refused refused) {
        JsonObject error = new JsonObject()
                .put("message", refused.getMessage())
                .put("code", refused.code)
                .put("status", refused.status);
        context.response()
                .setStatusCode(refused.status)
                .putHeader("content-type", "application/json")
                .end(new JsonObject().put("error", error).encode());
    }

    private void login(RoutingContext context) {
        JsonObject body = body(context);
        access.login(body.getString("username"), body.getString("password"))
                .ifPresentOrElse(
                        token -> context.json(new JsonObject().put("token", token)),
                        () -> refuse(context, new Refused(401, "incorrect-username-password", "Unauthorized")));
    }

    private static JsonObject body(RoutingContext context) {
        try {
            JsonObject body = context.body().asJsonObject();
            return body == null ? new JsonObject() : body;
        } catch (DecodeException e) {
            return new JsonObject();
        }
    }

    private void admit(RoutingContext context) {
        long wait = limit.take();
        if (wait > 0) {
            tooMany.incrementAndGet();
            context.response().putHeader("retry-after", Long.toString(wait));
            refuse(context, new Refused(429, "too-many-requests", "Too many requests"));
        } else if (access.allows(
                context.request().getHeader("authorization"), context.request().getHeader("x-umami-api-key"))) {
            calls.incrementAndGet();
            context.next();
        } else {
            refuse(context, new Refused(401, "unauthorized", "Unauthorized"));
        }
    }

    private Object sessions(RoutingContext context) throws SQLException, Refused {
        return answers.sessions(
                id(context, "website"),
                between(context),
                parameter(context, "distinctId"),
                parameter(context, "search"),
                paging(context));
    }

    private @Nullable Object session(RoutingContext context) throws SQLException, Refused {
        between(context);
        return answers.session(id(context, "website"), id(context, "session"));
    }

    private Object activity(RoutingContext context) throws SQLException, Refused {
        return answers.activity(id(context, "website"), id(context, "session"), between(context));
    }

    private Object properties(RoutingContext context) throws SQLException, Refused {
        return answers.properties(id(context, "website"), id(context, "session"));
    }

    private Object events(RoutingContext context) throws SQLException, Refused {
        return answers.events(
                id(context, "website"), between(context), parameter(context, "distinctId"), paging(context));
    }

    private static Object found(@Nullable Object answer) throws Refused {
        if (answer == null) {
            throw new Refused(404, "not-found", "Not found");
        }
        return answer;
    }

    private static UUID id(RoutingContext context, String name) throws Refused {
        try {
            return UUID.fromString(context.pathParam(name));
        } catch (IllegalArgumentException e) {
            throw badRequest();
        }
    }

    private static Answers.Between between(RoutingContext context) throws Refused {
        return new Answers.Between(
                Instant.ofEpochMilli(number(context, "startAt", null)),
                Instant.ofEpochMilli(number(context, "endAt", null)));
    }

    private static Answers.Paging paging(RoutingContext context) throws Refused {
        long page = number(context, "page", 1L);
        long size = number(context, "pageSize", (long) PAGE_SIZE);
        if (page < 1 || size < 1) {
            throw badRequest();
        }
        return new Answers.Paging(Math.toIntExact(page), Math.toIntExact(size));
    }

    private static long number(RoutingContext context, String name, @Nullable Long missing) throws Refused {
        String text = parameter(context, name);
        if (text == null && missing != null) {
            return missing;
        }
        try {
            return Long.parseLong(text == null ? "" : text);
        } catch (NumberFormatException e) {
            throw badRequest();
        }
    }

    private static @Nullable String parameter(RoutingContext context, String name) {
        return context.queryParam(name).stream().findFirst().orElse(null);
    }

    private static Refused badRequest() {
        return new Refused(400, "bad-request", "Bad request");
    }
}
