package com.vibnai.attribution.firsttouch;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.record;
import static com.vibnai.attribution.Api.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class AttributionBatchTest {

    private static ValidatableResponse send(String body) {
        return server().contentType("application/x-ndjson")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/attributions/batch")
                .then();
    }

    @Test
    void storesLinesAndSaysWhatBecameOfEach() {
        String first = newUser();
        String second = newUser();

        send("""
                {"user_id":"%s","utm_source":"google","utm_medium":"cpc","signed_up_at":"2024-05-01T00:00:00Z"}

                {"user_id":"","utm_source":"x"}
                {"user_id":"%s","utm_campaign":7}
                no json
                {"user_id":"%s","landing_page":"https://www.example.com/","utm_term":"%s"}
                {"user_id":"%s","utm_source":"newsletter"}
                """.formatted(first, second, second, "t".repeat(300), second))
                .statusCode(200)
                .body("created", equalTo(2))
                .body("upgraded", equalTo(0))
                .body("kept", equalTo(1))
                .body("rejected", equalTo(3))
                .body("items.index", contains(0, 1, 2, 3, 4, 5))
                .body("items.status", contains(201, 400, 400, 400, 201, 200))
                .body("items[0].user_id", equalTo(first))
                .body("items[0].outcome", equalTo("created"))
                .body("items[0].channel", equalTo("Paid Search"))
                .body("items[1].errors.field", contains("user_id"))
                .body("items[2].errors.field", contains("utm_campaign"))
                .body("items[3].errors", hasSize(1))
                .body("items[4].adjustments.field", contains("utm_term"))
                .body("items[5].outcome", equalTo("kept"));

        record(first)
                .body("source", equalTo("import"))
                .body("trust", equalTo("server"))
                .body("recorded_by", equalTo("server"))
                .body("signed_up_at", equalTo("2024-05-01T00:00:00Z"));
        record(second).body("first_touch.utm_term", equalTo("t".repeat(255)));
    }

    @Test
    void storesAnArrayAndKeepsTheRuleAmongItems() {
        String user = newUser();

        server().body(List.of(
                        Map.of("user_id", user, "landing_page", "https://www.example.com/"),
                        Map.of("user_id", user, "utm_source", "google"),
                        Map.of("user_id", user, "utm_source", "twitter")))
                .post("/v1/attributions/batch")
                .then()
                .statusCode(200)
                .body("items.outcome", contains("created", "upgraded", "kept"))
                .body("items.status", contains(201, 200, 200));

        record(user)
                .body("first_touch.utm_source", equalTo("google"))
                .body("replaced.touch.landing_page", equalTo("https://www.example.com/"));
    }

    @Test
    void takesFiveThousandItemsTwiceAndNotOneMore() {
        String run = newUser();
        String lines = IntStream.range(0, 5000)
                .mapToObj(i ->
                        "{\"user_id\":\"%s-%d\",\"utm_source\":\"s-%d\",\"signed_up_at\":\"2025-01-01T00:00:00Z\",\"umami\":{\"website_id\":"
                                        .formatted(run, i, i)
                                + "\"b8d100bf-5f36-4246-bd7f-b93fc522aeae\",\"session_id\":\"4d801085-375f-52d9-8443-%012x\"}}"
                                        .formatted(i))
                .collect(Collectors.joining("\n"));

        send(lines).statusCode(200).body("created", equalTo(5000)).body("items", hasSize(5000));
        send(lines).statusCode(200).body("created", equalTo(0)).body("kept", equalTo(5000));
        record(run + "-4999").body("first_touch.utm_source", equalTo("s-4999"));
        reader().get("/v1/users/{id}/identity-links", run + "-4999").then().body("items", hasSize(1));
        send(lines + "\n{\"user_id\":\"more\"}").statusCode(413);
    }

    @Test
    void refusesMoreThanEightMegabytes() {
        String line = "{\"user_id\":\"%s\",\"x\":\"%s\"}\n".formatted(newUser(), "y".repeat(10_000));

        send(String.join("", Collections.nCopies(840, line))).statusCode(413);
        send(String.join("", Collections.nCopies(100, line))).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n ", "[]", "[{", "[{}] x"})
    void refusesWhatIsNoBatch(String body) {
        send(body).statusCode(400).contentType("application/problem+json");
    }

    @Test
    void rejectsItemsThatAreNoObjects() {
        JsonPath answer =
                send("[1, null, \"a\", [], {}]").statusCode(200).extract().jsonPath();

        assertThat(answer.getList("items.status")).containsOnly(400).hasSize(5);
        assertThat(answer.getInt("rejected")).isEqualTo(5);
    }

    @Test
    void isForServersOnly() {
        page().body("[]").post("/v1/attributions/batch").then().statusCode(403);
        reader().contentType("application/json")
                .body("[]")
                .post("/v1/attributions/batch")
                .then()
                .statusCode(403);
    }

    @Test
    void leavesAUserWhoIsCalledBatchAlone() {
        server().body(Map.of("user_id", "batch", "utm_source", "x")).post("/v1/attributions");

        record("batch").statusCode(200).body("user_id", equalTo("batch")).body("replaced", nullValue());
    }

    @Test
    void storesNothingOfABatchThatIsNoUtf8() {
        String user = newUser();

        server().contentType("application/x-ndjson")
                .body(("{\"user_id\":\"" + user + "\",\"utm_source\":\"caf\u00e9\"}")
                        .getBytes(StandardCharsets.ISO_8859_1))
                .post("/v1/attributions/batch")
                .then()
                .statusCode(400)
                .body("detail", equalTo("The body is not UTF-8."));

        reader().get("/v1/attributions/" + user).then().statusCode(404);
    }
}
