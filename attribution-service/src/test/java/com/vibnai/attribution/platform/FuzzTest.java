package com.vibnai.attribution.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;

/** Whatever is sent to whatever call of the contract, the answer is never a 5xx. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class FuzzTest {

    private static final int REQUESTS = 20_000;

    /** As many as imports and exports may run at once; more would rightly be 503. */
    private static final int AT_ONCE = 8;

    @TestHTTPResource("/")
    URI service;

    @TestHTTPResource(value = "/generated-openapi?format=json", management = true)
    URI openapi;

    @Test
    void answersTwentyThousandHostileRequestsWithoutAFailure() throws InterruptedException {
        HostileRequests hostile = new HostileRequests(new JsonObject(
                given().accept("application/json").get(openapi).then().extract().asString()));
        List<HostileRequests.Hostile> requests = new ArrayList<>();
        JqwikSession.run(() -> {
            try (Stream<HostileRequests.Hostile> samples = hostile.requests().sampleStream()) {
                samples.limit(REQUESTS).forEach(requests::add);
            }
        });

        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Semaphore free = new Semaphore(AT_ONCE);
        for (HostileRequests.Hostile request : requests) {
            free.acquire();
            answers.add(http.sendAsync(request.toRequest(service), HttpResponse.BodyHandlers.ofString())
                    .handle((response, failure) -> {
                        if (response != null) {
                            statuses.add(response.statusCode());
                        }
                        if (failure != null || response.statusCode() >= 500) {
                            failures.add(request + " -> "
                                    + (failure != null ? failure : response.statusCode() + response.body()));
                        }
                        free.release();
                        return null;
                    }));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();

        assertThat(failures).isEmpty();
        Map<Integer, Long> byStatus = HostileRequests.byStatus(statuses);
        assertThat(statuses).hasSize(REQUESTS);
        assertThat(byStatus)
                .as("both are met, or nothing was tried: %s", byStatus)
                .containsKeys(200, 201, 400, 401, 403);
        assertThat(hostile.calls())
                .hasSizeGreaterThan(8)
                .extracting(HostileRequests.Call::path)
                .contains("/v1/reports/acquisition", "/v1/reports/health");
    }
}
