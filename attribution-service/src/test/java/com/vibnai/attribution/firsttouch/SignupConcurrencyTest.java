package com.vibnai.attribution.firsttouch;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.record;
import static com.vibnai.attribution.Api.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Everyone at once, over real HTTP. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class SignupConcurrencyTest {

    @TestHTTPResource("/v1/attributions")
    URI attributions;

    @Test
    void tellsAThousandConcurrentSignupsOfOneUserTheSameFirstTouch() {
        String user = newUser();

        List<HttpResponse<String>> answers = signUpFromThreads(user, 10, 100);

        List<JsonObject> bodies =
                answers.stream().map(answer -> new JsonObject(answer.body())).toList();
        assertThat(answers).hasSize(1000).extracting(HttpResponse::statusCode).containsOnly(200, 201);
        assertThat(bodies).filteredOn(body -> body.getBoolean("created")).hasSize(1);
        assertThat(bodies).extracting(body -> body.getString("user_id")).containsOnly(user);
        assertThat(bodies)
                .extracting(body -> body.getJsonObject("first_touch").getString("utm_source"))
                .containsOnly(bodies.get(0).getJsonObject("first_touch").getString("utm_source"));
    }

    @Test
    void upgradesADirectTouchOnceHoweverManyAskForIt() {
        String user = newUser();
        signUp(Map.of("user_id", user)).statusCode(201);

        List<HttpResponse<String>> answers = signUpTogether(user, 100, i -> "source-" + i);

        List<JsonObject> bodies =
                answers.stream().map(answer -> new JsonObject(answer.body())).toList();
        List<JsonObject> upgraded = bodies.stream()
                .filter(body -> body.getString("outcome").equals("upgraded"))
                .toList();
        assertThat(upgraded).hasSize(1);
        assertThat(bodies)
                .filteredOn(body -> body.getString("outcome").equals("kept"))
                .hasSize(99);
        record(user)
                .body(
                        "first_touch.utm_source",
                        equalTo(upgraded.get(0).getJsonObject("first_touch").getString("utm_source")));
    }

    /** Several threads, each with connections of its own. */
    private List<HttpResponse<String>> signUpFromThreads(String user, int threads, int each) {
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<HttpResponse<String>>>> sent = IntStream.range(0, threads)
                    .mapToObj(thread -> senders.submit(() -> {
                        go.await();
                        return signUpTogether(user, each, i -> "source-" + thread + "-" + i);
                    }))
                    .toList();
            go.countDown();
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<List<HttpResponse<String>>> future : sent) {
                answers.addAll(future.get());
            }
            return answers;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            senders.shutdownNow();
        }
    }

    private List<HttpResponse<String>> signUpTogether(String user, int times, IntFunction<String> source) {
        HttpClient http = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, times)
                .mapToObj(i -> HttpRequest.newBuilder(attributions)
                        .header("Authorization", "Bearer " + AttributionStack.SERVER_KEY)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(new JsonObject()
                                .put("user_id", user)
                                .put("utm_source", source.apply(i))
                                .encode()))
                        .build())
                .map(request -> http.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }
}
