package com.vibnai.tracker.firstparty;

import com.vibnai.tracker.platform.Caller;
import com.vibnai.tracker.platform.Callers;
import com.vibnai.tracker.platform.ProblemType;
import com.vibnai.tracker.platform.Problems;
import com.vibnai.tracker.script.ServedFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the configured paths on the router. A JAX-RS resource cannot: its paths are fixed when it is built. */
@Singleton
public class FirstPartyRoutes {

    /** The two calls of attribution-service that are a browser's. */
    private static final List<String> BROWSER_CALLS = List.of("/v1/attributions", "/v1/identity-links");

    private static final String PUBLISHABLE = "pk_[A-Za-z0-9_-]{8,128}";
    private static final String RETRY_SECONDS = "5";
    private static final int SERVER_ERROR = 500;

    private final ProxyConfig config;
    private final Vertx vertx;
    private final Callers callers;
    private final Problems problems;
    private final AddressLimit limit;

    FirstPartyRoutes(ProxyConfig config, Vertx vertx, Callers callers, Problems problems) {
        this.config = config;
        this.vertx = vertx;
        this.callers = callers;
        this.problems = problems;
        this.limit = new AddressLimit(config.requestsPerMinute());
    }

    void register(@Observes Router router) {
        config.umamiUrl().ifPresent(url -> umami(router, url));
        config.attributionUrl().ifPresent(url -> attribution(router, url));
    }

    private void umami(Router router, URI url) {
        Upstream umami = new Upstream(vertx, url, config);
        UmamiScript script = new UmamiScript(umami, config, InstantSource.system());
        router.route(config.scriptPath()).handler(this::limitRate);
        router.route(config.scriptPath())
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> script.get()
                        .onSuccess(file -> serve(context, file))
                        .onFailure(failure -> fail(context, Upstream.problem(failure))))
                .failureHandler(this::refuse);
        String addressHeader = config.clientAddressHeader().orElse(null);
        router.options(config.collectPath()).handler(FirstPartyRoutes::allowUmami);
        router.post(config.collectPath()).handler(this::limitRate);
        router.post(config.collectPath())
                .handler(body())
                .handler(context -> pass(
                        context,
                        umami.send(
                                HttpMethod.POST,
                                config.umamiCollectPath(),
                                Map.of(),
                                Passing.toUmami(
                                        context.request().headers(), callers.of(context.request()), addressHeader),
                                content(context)),
                        "*"))
                .failureHandler(this::refuse);
    }

    private void attribution(Router router, URI url) {
        Upstream attribution = new Upstream(vertx, url, config);
        for (String call : BROWSER_CALLS) {
            router.route(config.attributionPath() + call).handler(this::limitRate);
            router.route(config.attributionPath() + call)
                    .method(HttpMethod.POST)
                    .method(HttpMethod.OPTIONS)
                    .handler(body())
                    .handler(context -> pass(
                            context,
                            attribution.send(
                                    context.request().method(),
                                    call,
                                    publishableKey(context),
                                    Passing.toAttribution(context.request().headers(), callers.of(context.request())),
                                    content(context)),
                            null))
                    .failureHandler(this::refuse);
        }
    }

    private BodyHandler body() {
        return BodyHandler.create(false).setBodyLimit(config.maxBody());
    }

    private static Buffer content(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null ? Buffer.buffer() : body;
    }

    /** A server key in an address would end in logs; it goes no further. */
    private static Map<String, String> publishableKey(RoutingContext context) {
        return context.queryParam("key").stream()
                .filter(key -> key.matches(PUBLISHABLE))
                .findFirst()
                .map(key -> Map.of("key", key))
                .orElse(Map.of());
    }

    private void limitRate(RoutingContext context) {
        Caller caller = callers.of(context.request());
        if (limit.admits(caller.address())) {
            context.next();
        } else {
            fail(context, ProblemType.TOO_MANY_REQUESTS);
        }
    }

    /** Umami takes events of any page, and so does its stand-in here. */
    private static void allowUmami(RoutingContext context) {
        context.response()
                .setStatusCode(204)
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Methods", "POST")
                .putHeader("Access-Control-Allow-Headers", "Content-Type, x-umami-cache")
                .putHeader("Access-Control-Max-Age", "86400")
                .end();
    }

    private void pass(RoutingContext context, Future<HttpResponse<Buffer>> call, @Nullable String allowOrigin) {
        call.onSuccess(answer -> pass(context, answer, allowOrigin))
                .onFailure(failure -> fail(context, Upstream.problem(failure)));
    }

    private void pass(RoutingContext context, HttpResponse<Buffer> answer, @Nullable String allowOrigin) {
        boolean broken = answer.statusCode() >= SERVER_ERROR && answer.statusCode() != ProblemType.UNAVAILABLE.status();
        if (broken || (answer.statusCode() >= 300 && answer.statusCode() < 400)) {
            fail(context, ProblemType.BAD_GATEWAY);
            return;
        }
        HttpServerResponse response = context.response().setStatusCode(answer.statusCode());
        response.headers().addAll(Passing.toBrowser(answer.headers()));
        if (allowOrigin != null) {
            response.putHeader("Access-Control-Allow-Origin", allowOrigin);
        }
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Buffer body = answer.body();
        response.end(body == null ? Buffer.buffer() : body);
    }

    private static void serve(RoutingContext context, ServedFile file) {
        ServedFile.Answer answer = file.answer(
                context.request().getHeader(HttpHeaders.ACCEPT_ENCODING),
                context.request().getHeader(HttpHeaders.IF_NONE_MATCH));
        HttpServerResponse response = context.response().setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(answer.body().length))
                    .end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }

    private void refuse(RoutingContext context) {
        fail(context, ProblemType.ofStatus(context.statusCode()));
    }

    private void fail(RoutingContext context, ProblemType type) {
        // The page may read that it failed; a browser would say on the console that it may not.
        context.response().putHeader("Access-Control-Allow-Origin", "*");
        if (type.status() >= ProblemType.UNAVAILABLE.status() || type == ProblemType.TOO_MANY_REQUESTS) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        problems.answer(context, type);
    }
}
