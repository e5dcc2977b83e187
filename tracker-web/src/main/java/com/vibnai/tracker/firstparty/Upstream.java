package com.vibnai.tracker.firstparty;

import com.vibnai.tracker.platform.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The one server that calls are passed on to. */
final class Upstream {

    private static final int CONNECT_MILLIS = 2000;
    private static final int WAITING_PER_CONNECTION = 8;

    private final WebClient client;
    private final String base;
    private final long timeoutMillis;

    Upstream(Vertx vertx, URI url, ProxyConfig config) {
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setUserAgentEnabled(false)
                        .setFollowRedirects(false)
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setMaxPoolSize(config.connections())
                        .setMaxWaitQueueSize(config.connections() * WAITING_PER_CONNECTION));
        this.base = url.toString().replaceFirst("/+$", "");
        this.timeoutMillis = config.timeout().toMillis();
    }

    /** A server's answer; one that came too late or never is a failure that {@link #problem} names. */
    Future<HttpResponse<Buffer>> send(
            HttpMethod method, String path, Map<String, String> query, MultiMap headers, Buffer body) {
        HttpRequest<Buffer> request =
                client.requestAbs(method, base + path).timeout(timeoutMillis).putHeaders(headers);
        query.forEach(request::addQueryParam);
        return body.length() == 0 ? request.send() : request.sendBuffer(body);
    }

    static ProblemType problem(Throwable failure) {
        return failure instanceof TimeoutException ? ProblemType.TIMEOUT : ProblemType.UNAVAILABLE;
    }
}
