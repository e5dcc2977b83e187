package com.vibnai.tracker.firstparty;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** A server that does what the body asks for; else it tells what it was sent. */
final class ScriptedServer implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    ScriptedServer() {
        this.server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body.toString())))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void answer(HttpServerRequest request, String body) {
        switch (body) {
            case "be silent" -> {}
            case "hang up" -> request.connection().close();
            case "break" -> request.response().setStatusCode(500).end("a stack trace");
            case "redirect" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "http://169.254.169.254/")
                        .end();
            case "be busy" ->
                request.response()
                        .setStatusCode(503)
                        .putHeader("Content-Type", "application/problem+json")
                        .putHeader("Retry-After", "7")
                        .end("{}");
            case "be html" ->
                request.response().putHeader("Content-Type", "text/html").end("<script>alert(1)</script>");
            default ->
                request.response()
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Set-Cookie", "tracking=1")
                        .putHeader("Server", "secret/1.0")
                        .putHeader("Access-Control-Allow-Origin", "https://www.example.com")
                        .end(seen(request, body).encode());
        }
    }

    private static JsonObject seen(HttpServerRequest request, String body) {
        JsonObject headers = new JsonObject();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return new JsonObject()
                .put("method", request.method().name())
                .put("uri", request.uri())
                .put("headers", headers)
                .put("body", body);
    }
}
