package com.vibnai.umami.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.vibnai.umami.Api;
import com.vibnai.umami.UmamiStack;
import com.vibnai.umami.source.UmamiRows;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
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
import java.util.TreeMap;
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
    private static final List<String> PARTS = List.of("funnel", "trail", "sessions", "profile", "nothing", "", "x");
    private static final List<String> PARAMETERS =
            List.of("limit", "cursor", "include", "website_id", "from", "to", "unknown", "user_id");
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

    private record Answer(String request, int status, String type, String body) {}

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
        List<Answer> wrong = new ArrayList<>();
        for (int sent = 0; sent < REQUESTS; sent += AT_ONCE) {
            List<CompletableFuture<Answer>> batch = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                batch.add(send(request()));
            }
            for (CompletableFuture<Answer> one : batch) {
                Answer answer = one.get(120, TimeUnit.SECONDS);
                statuses.merge(answer.status, 1, Integer::sum);
                if (isWrong(answer)) {
                    wrong.add(answer);
                }
            }
        }

        // Then
        assertThat(wrong).isEmpty();
        assertThat(statuses.keySet()).as(statuses.toString()).contains(200, 400);
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
        StringBuilder uri = new StringBuilder("/v1/users/")
                .append(encode(random.nextInt(4) == 0 ? "user-" + random.nextInt(50) : nasty()))
                .append('/')
                .append(PARTS.get(random.nextInt(PARTS.size() - 3) + (random.nextInt(20) == 0 ? 3 : 0)));
        int parameters = random.nextInt(4);
        for (int i = 0; i < parameters; i++) {
            uri.append(i == 0 ? '?' : '&')
                    .append(PARAMETERS.get(random.nextInt(PARAMETERS.size())))
                    .append('=')
                    .append(encode(random.nextInt(3) > 0 ? GOOD.get(random.nextInt(GOOD.size())) : nasty()));
        }
        return uri.toString();
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
                .putHeader("Accept", "application/json");
        return client.request(options)
                .compose(request -> request.send().compose(response -> response.body()
                        .map(body -> new Answer(
                                uri,
                                response.statusCode(),
                                String.valueOf(response.getHeader("Content-Type")),
                                body.toString()))))
                .toCompletionStage()
                .toCompletableFuture();
    }
}
