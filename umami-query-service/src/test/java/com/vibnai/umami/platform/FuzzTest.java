package com.vibnai.umami.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.vibnai.umami.Api;
import com.vibnai.umami.UmamiStack;
import com.vibnai.umami.source.UmamiRows;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ten thousand requests that nobody in their right mind would send: none is answered with 5xx, none with another's events. */
@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class FuzzTest {

    private static final int REQUESTS = 10_000;
    private static final int AT_ONCE = 8;
    private static final String SECRET = "/the-secret-page";
    private static final List<String> NASTY = List.of(
            "'",
            "\"",
            "%",
            "_",
            "\\",
            "';--",
            "' OR '1'='1",
            "'; DROP TABLE website_event; --",
            "' UNION SELECT * FROM session --",
            "$1",
            "{0}",
            "%00",
            "\u0000",
            "\r\nX-Injected: 1",
            "../../etc/passwd",
            "ü",
            "漢字",
            "\ud83d\ude00",
            "\ud800",
            "\u202e",
            "null",
            "NaN",
            "-1",
            "0",
            "1e9",
            "999999999999999999999",
            "infinity",
            "2026-13-45T99:99:99Z",
            "-292275055-05-16T16:47:04Z",
            "true",
            "a".repeat(255),
            "a".repeat(256),
            "a".repeat(3000),
            " ",
            "");
    private static final List<String> PARTS =
            List.of("funnel", "trail", "sessions", "profile", "first-touch", "live", "nothing", "", "x");
    private static final int WRONG_PARTS = 3;
    private static final Set<String> CALLS =
            Set.of("funnel", "trail", "sessions", "profile", "first-touch", "live", "funnels");
    private static final List<String> PARAMETERS =
            List.of("limit", "cursor", "include", "website_id", "from", "to", "unknown", "user_id");
    private static final List<String> FUNNEL_PARAMETERS =
            List.of("step", "step", "step", "website_id", "from", "to", "window_days", "by", "unknown");
    private static final List<String> STEPS =
            List.of("visit", "path:/the-*", "path:/pricing", "event:cta", "signup", "conversion:*", "conversion:x");
    private static final List<String> GOOD = List.of(
            "50",
            "event_data",
            "2026-03-01T10:00:00Z",
            "2026-03-01T10:00:00+02:00",
            "b8d100bf-5f36-4246-bd7f-b93fc522aeae",
            "MjAyNi0wMy0wMVQxMDowMDowMFogYjhkMTAwYmYtNWYzNi00MjQ2LWJkN2YtYjkzZmM1MjJhZWFl");

    @TestHTTPResource("/")
    URI service;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setIdleTimeout(120), new PoolOptions().setHttp1MaxSize(AT_ONCE));
    private final Random random = new Random(2026);

    private record Answer(String request, int status, String type, String body) {

        /** The last part of its path. */
        String call() {
            return request.replaceFirst("\\?.*$", "").replaceFirst("^.*/", "");
        }
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void answersNoneOfTenThousandOddRequestsWithAnErrorOfItsOwn() throws Exception {
        // Given
        UmamiRows rows = new UmamiRows(UmamiStack.umami());
        String victim = Api.newUser();
        UUID session = rows.session();
        rows.pageview(session, "2026-03-01T10:00:00Z", SECRET);
        UmamiStack.attribution().segment(victim, rows.website, session, null, null, false);

        // When
        Map<Integer, Integer> statuses = new TreeMap<>();
        Set<String> answered = new TreeSet<>();
        List<Answer> wrong = new ArrayList<>();
        for (int sent = 0; sent < REQUESTS; sent += AT_ONCE) {
            List<CompletableFuture<Answer>> batch = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                batch.add(send(request()));
            }
            for (CompletableFuture<Answer> one : batch) {
                Answer answer = one.get(120, TimeUnit.SECONDS);
                statuses.merge(answer.status, 1, Integer::sum);
                if (answer.status == 200) {
                    answered.add(answer.call());
                }
                if (isWrong(answer)) {
                    wrong.add(answer);
                }
            }
        }

        // Then
        assertThat(wrong).isEmpty();
        assertThat(statuses.keySet()).as(statuses.toString()).contains(200, 400);
        assertThat(answered).as("calls that were answered").containsAll(CALLS);
        Api.get(victim, "trail").statusCode(200).body("items[0].url_path", equalTo(SECRET));
    }

    private static boolean isWrong(Answer answer) {
        boolean problem = answer.status >= 400 && !answer.type.startsWith("application/problem+json");
        // 431, 414 and some 400 come from the HTTP server itself, before any of our code.
        boolean before =
                answer.body.isEmpty() && (answer.status == 431 || answer.status == 414 || answer.status == 400);
        return answer.status >= 500 || answer.body.contains(SECRET) || (problem && !before);
    }

    private String request() {
        return random.nextInt(6) == 0 ? funnel() : ofUser();
    }

    private String ofUser() {
        int part = random.nextInt(PARTS.size() - WRONG_PARTS) + (random.nextInt(20) == 0 ? WRONG_PARTS : 0);
        return parameters(
                "/v1/users/" + encode(random.nextInt(4) == 0 ? "user-" + random.nextInt(50) : nasty()) + "/"
                        + PARTS.get(part),
                PARAMETERS,
                random.nextInt(4));
    }

    /** Half of them could be answered, but for what is added. */
    private String funnel() {
        String steps = random.nextBoolean() ? "" : "?step=visit&step=" + encode("path:/" + nasty());
        return parameters("/v1/funnels" + steps, FUNNEL_PARAMETERS, random.nextInt(5));
    }

    private String parameters(String address, List<String> names, int count) {
        StringBuilder uri = new StringBuilder(address);
        for (int i = 0; i < count; i++) {
            String name = names.get(random.nextInt(names.size()));
            uri.append(uri.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(encode(random.nextInt(3) > 0 ? good(name) : nasty()));
        }
        return uri.toString();
    }

    private String good(String name) {
        List<String> choices = name.equals("step") ? STEPS : GOOD;
        return choices.get(random.nextInt(choices.size()));
    }

    private String nasty() {
        String one = NASTY.get(random.nextInt(NASTY.size()));
        return random.nextBoolean() ? one : one + NASTY.get(random.nextInt(NASTY.size()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private CompletableFuture<Answer> send(String uri) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(service.getHost())
                .setPort(service.getPort())
                .setURI(uri)
                .putHeader("Authorization", "Bearer " + UmamiStack.READ_KEY)
                .putHeader("Accept", uri.contains("/live") ? "*/*" : "application/json");
        return client.request(options)
                .compose(request -> request.send().compose(response -> read(uri, request, response)))
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** A stream that was opened has no end. */
    private static Future<Answer> read(String uri, HttpClientRequest request, HttpClientResponse response) {
        String type = String.valueOf(response.getHeader("Content-Type"));
        if (type.startsWith("text/event-stream")) {
            request.reset();
            return Future.succeededFuture(new Answer(uri, response.statusCode(), type, ""));
        }
        return response.body().map(body -> new Answer(uri, response.statusCode(), type, body.toString()));
    }
}
