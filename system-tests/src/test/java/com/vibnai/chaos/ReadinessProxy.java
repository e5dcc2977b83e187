package com.vibnai.chaos;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load balancer as plain as one can be: asks each back end for its readiness several times a second, keeps connections open,
 * and sends each request once, to the next one that is ready. What goes wrong is told to the client as 502.
 */
final class ReadinessProxy implements AutoCloseable {

    private static final long ASK_EVERY_MILLIS = 200;
    private static final List<String> PASSED_ON = List.of("authorization", "content-type");

    /** Where requests go, and where it is asked whether it is ready. */
    record BackEnd(int port, int management) {}

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(64).setKeepAliveTimeout(60));
    private final HttpClient health = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    private final Map<BackEnd, Boolean> ready = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpServer server;

    ReadinessProxy() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> forward(request, body)));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        vertx.setPeriodic(ASK_EVERY_MILLIS, ignored -> ready.keySet().forEach(this::ask));
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    void add(BackEnd backEnd) {
        ready.put(backEnd, false);
    }

    void remove(BackEnd backEnd) {
        ready.remove(backEnd);
    }

    boolean sendsTo(BackEnd backEnd) {
        return ready.getOrDefault(backEnd, false);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void ask(BackEnd backEnd) {
        var unused = health.request(HttpMethod.GET, backEnd.management(), "127.0.0.1", "/q/health/ready")
                .compose(request -> request.send())
                .onComplete(answer -> ready.computeIfPresent(
                        backEnd,
                        (ignored, before) ->
                                answer.succeeded() && answer.result().statusCode() == 200));
    }

    private void forward(HttpServerRequest request, Buffer body) {
        List<BackEnd> candidates = ready.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (candidates.isEmpty()) {
            fail(request, "no back end is ready");
            return;
        }
        BackEnd chosen = candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
        var unused = client.request(request.method(), chosen.port(), "127.0.0.1", request.uri())
                .compose(onward -> {
                    for (String header : PASSED_ON) {
                        if (request.headers().contains(header)) {
                            onward.putHeader(header, request.getHeader(header));
                        }
                    }
                    return onward.send(body);
                })
                .compose(answer -> answer.body().onSuccess(content -> passOn(request, answer, content)))
                .onFailure(e -> fail(request, String.valueOf(e.getMessage())));
    }

    private static void passOn(HttpServerRequest request, HttpClientResponse answer, Buffer content) {
        request.response().setStatusCode(answer.statusCode());
        answer.headers().forEach(header -> {
            if (!header.getKey().equalsIgnoreCase("connection")
                    && !header.getKey().equalsIgnoreCase("content-length")) {
                request.response().putHeader(header.getKey(), header.getValue());
            }
        });
        var unused = request.response().end(content);
    }

    private static void fail(HttpServerRequest request, String why) {
        var unused = request.response().setStatusCode(502).end(why);
    }
}
