package com.vibnai.attribution.conversion;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.record;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class ConversionTest {

    private static Map<String, Object> body(String user, String key) {
        return new HashMap<>(Map.of(
                "idempotency_key",
                key,
                "user_id",
                user,
                "name",
                "purchase",
                "occurred_at",
                "2026-11-24T12:00:00Z",
                "value",
                "49.90",
                "currency",
                "EUR"));
    }

    private static String newKey() {
        return "order-" + UUID.randomUUID();
    }

    private static ValidatableResponse convert(Object body) {
        return server().body(body).post("/v1/conversions").then();
    }

    private static ValidatableResponse of(String user) {
        return reader().get("/v1/users/{id}/conversions", user).then().statusCode(200);
    }

    @Test
    void recordsAConversionOfAUserWhoseRecordComesLater() {
        // Given
        String user = newUser();
        Map<String, Object> body = body(user, newKey());
        body.put("properties", Map.of("plan", "team", "quantity", 3));

        // When
        convert(body)
                .statusCode(201)
                .body("created", equalTo(true))
                .body("user_id", equalTo(user))
                .body("properties.plan", equalTo("team"))
                .body("properties.quantity", equalTo(3))
                .body(containsString("\"value\":49.90,"));

        // Then
        of(user).body("items.name", contains("purchase")).body("next_cursor", nullValue());
        signUp(Map.of("user_id", user)).statusCode(201);
        record(user).statusCode(200);
    }

    @Test
    void storesTheSameConversionOnce() {
        String user = newUser();
        Map<String, Object> body = body(user, newKey());
        String id = convert(body).statusCode(201).extract().path("conversion_id");
        body.put("value", "49.9000");
        body.put("occurred_at", "2026-11-24T13:00:00+01:00");

        convert(body).statusCode(200).body("created", equalTo(false)).body("conversion_id", equalTo(id));

        of(user).body("items.conversion_id", contains(id));
    }

    @ParameterizedTest
    @CsvSource({
        "user_id, somebody-else",
        "name, refund",
        "occurred_at, 2026-11-24T12:00:01Z",
        "value, 49.91",
        "currency, USD",
        "properties, "
    })
    void refusesAnotherConversionUnderTheSameKey(String field, String other) {
        String user = newUser();
        Map<String, Object> body = body(user, newKey());
        convert(body).statusCode(201);
        body.put(field, other == null ? Map.of("plan", "team") : other);

        convert(body)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:conflict"));

        of(user).body("items.size()", equalTo(1)).body("items[0].name", equalTo("purchase"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.00",
        "0.1, 0.10",
        "123456789012345.6789, 123456789012345.6789",
        "-123456789012345.6789, -123456789012345.6789",
        "0.3000, 0.30",
        "1e3, 1000.00"
    })
    void keepsMoneyExactly(String sent, String stored) {
        String user = newUser();
        String body = """
                {"idempotency_key":"%s","user_id":"%s","name":"purchase","occurred_at":"2026-11-24T12:00:00Z",
                 "value":%s,"currency":"EUR"}""".formatted(newKey(), user, sent);

        convert(body).statusCode(201).body(containsString("\"value\":" + stored + ","));

        of(user).body(containsString("\"value\":" + stored + ","));
    }

    @Test
    void keepsMoneyExactlyInABatch() {
        String user = newUser();
        String entry = """
                {"idempotency_key":"%s","user_id":"%s","name":"purchase","occurred_at":"2026-11-24T12:00:00Z",
                 "value":123456789012345.6789,"currency":"EUR","properties":{"quantity":123456789012345.6789}}
                """.formatted(newKey(), user);

        server().body("[" + entry + "]").post("/v1/conversions/batch").then().body("items.status", contains(201));

        of(user).body(containsString("\"value\":123456789012345.6789,"))
                .body(containsString("\"quantity\": 123456789012345.6789"));
    }

    @Test
    void recordsAConversionWithoutAValue() {
        String user = newUser();
        Map<String, Object> body = body(user, newKey());
        body.remove("value");
        body.remove("currency");

        convert(body).statusCode(201);

        of(user).body("items[0]", not(hasKey("value"))).body("items[0]", not(hasKey("currency")));
    }

    @Test
    void dropsWhatNobodyNamed() {
        String user = newUser();
        Map<String, Object> body = body(user, newKey());
        body.put("google_token", "s3cr3t-token");
        body.put("properties", Map.of("plan", "team", "password", "s3cr3t", "nested", Map.of("token", "s3cr3t")));

        convert(body).statusCode(201).body(not(containsString("s3cr3t")));

        of(user).body("items[0].properties", equalTo(Map.of("plan", "team")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "idempotency_key|null|idempotency_key",
                "idempotency_key|\"\"|idempotency_key",
                "idempotency_key|7|idempotency_key",
                "user_id|null|user_id",
                "user_id|\"  \"|user_id",
                "user_id|\"a\\u0000b\"|user_id",
                "user_id|\"a\\ud800b\"|user_id",
                "name|null|name",
                "name|{}|name",
                "occurred_at|null|occurred_at",
                "occurred_at|\"yesterday\"|occurred_at",
                "occurred_at|1700000000|occurred_at",
                "occurred_at|\"1969-12-31T23:59:59Z\"|occurred_at",
                "occurred_at|\"9999-01-01T00:00:00Z\"|occurred_at",
                "occurred_at|\"+999999999-01-01T00:00:00Z\"|occurred_at",
                "value|null|value",
                "value|\"a lot\"|value",
                "value|0.00001|value",
                "value|1e15|value",
                "value|1e1000000000|value",
                "value|true|value",
                "value|[1]|value",
                "currency|null|currency",
                "currency|\"eur\"|currency",
                "currency|\"ZZZ\"|currency",
                "properties|[]|properties",
                "properties|\"x\"|properties",
                "properties|{\"plan\":{}}|properties.plan",
                "properties|{\"plan\":[1]}|properties.plan",
                "properties|{\"quantity\":1e1000000000}|properties.quantity",
                "properties|{\"plan\":\"a\\u0000\"}|properties.plan"
            })
    void namesTheFieldThatIsWrong(String field, String json, String named) {
        String user = newUser();
        JsonObject body = new JsonObject(body(user, newKey()));
        body.remove(field);
        String text = body.encode();
        String sent = text.substring(0, text.length() - 1) + ",\"" + field + "\":" + json + "}";

        convert(sent)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:invalid-request"))
                .body("errors.field", hasItem(named));

        of(user).body("items", empty());
    }

    @Test
    void refusesANumberThatIsNone() {
        convert("{\"idempotency_key\":\"k\",\"value\":1e99999999999}").statusCode(400);
    }

    @Test
    void isForServersOnly() {
        page().body("{}")
                .contentType("application/json")
                .post("/v1/conversions")
                .then()
                .statusCode(403);
        reader().contentType("application/json")
                .body("{}")
                .post("/v1/conversions")
                .then()
                .statusCode(403);
        reader().contentType("application/json")
                .body("[]")
                .post("/v1/conversions/batch")
                .then()
                .statusCode(403);
        server().get("/v1/conversions").then().statusCode(403);
        server().get("/v1/users/x/conversions").then().statusCode(403);
    }

    @Test
    void saysOfEachEntryOfABatchWhatBecameOfIt() {
        // Given
        String user = newUser();
        Map<String, Object> known = body(user, newKey());
        Map<String, Object> taken = body(user, newKey());
        convert(known);
        convert(taken);
        taken.put("name", "refund");
        Map<String, Object> fresh = body(user, newKey());
        Map<String, Object> wrong = body(user, newKey());
        wrong.put("currency", "ZZZ");
        Map<String, Object> contradicted = body(user, (String) fresh.get("idempotency_key"));
        contradicted.put("name", "refund");
        JsonArray batch = new JsonArray(List.of(known, taken, fresh, wrong, 7, fresh, contradicted));

        // When
        ValidatableResponse answer =
                server().body(batch.encode()).post("/v1/conversions/batch").then();

        // Then
        answer.statusCode(200)
                .body("items.index", contains(0, 1, 2, 3, 4, 5, 6))
                .body("items.status", contains(200, 409, 201, 400, 400, 200, 409))
                .body("items[3].errors.field", contains("currency"))
                .body("items[2]", not(hasKey("errors")));
        of(user).body("items.size()", equalTo(3));
    }

    @Test
    void readsOneObjectALine() {
        String user = newUser();
        String lines = new JsonObject(body(user, newKey())).encode() + "\n\n{oops\n"
                + new JsonObject(body(user, newKey())).encode() + "\n";

        server().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/v1/conversions/batch")
                .then()
                .statusCode(200)
                .body("items.status", contains(201, 400, 201));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "[]", "[", "[1,]", "' '"})
    void refusesWhatIsNoBatch(String body) {
        server().body(body)
                .post("/v1/conversions/batch")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void refusesABatchOfTooManyOrTooMuch() {
        server().body("[" + "{},".repeat(5000) + "{}]")
                .post("/v1/conversions/batch")
                .then()
                .statusCode(413)
                .body("type", equalTo("urn:vibn:problem:payload-too-large"));
        server().body("[\"" + "x".repeat(8_400_000) + "\"]")
                .post("/v1/conversions/batch")
                .then()
                .statusCode(413)
                .body("type", equalTo("urn:vibn:problem:payload-too-large"));
        server().body("{\"x\":\"" + "x".repeat(70_000) + "\"}")
                .post("/v1/conversions")
                .then()
                .statusCode(413)
                .body("type", equalTo("urn:vibn:problem:payload-too-large"));
        server().contentType("application/xml")
                .body("<a/>")
                .post("/v1/conversions")
                .then()
                .statusCode(415);
    }

    @Test
    void storesOneWhenManySendTheSameAtOnce() {
        String user = newUser();
        Map<String, Object> body = body(user, newKey());

        List<Integer> statuses = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> convert(body).extract().statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
        of(user).body("items.size()", equalTo(1));
    }

    @Test
    void pagesThroughWhatPassesTheFilter() {
        // Given
        String user = newUser();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Map<String, Object> body = body(user, newKey());
            body.put("occurred_at", "2026-11-24T12:00:0" + i / 2 + "Z");
            body.put("name", "upgrade");
            convert(body).statusCode(201);
            keys.add((String) body.get("idempotency_key"));
        }
        convert(body(user, newKey()));

        // When
        List<String> seen = new ArrayList<>();
        List<String> times = new ArrayList<>();
        String cursor = null;
        do {
            var request = reader().queryParam("limit", 3)
                    .queryParam("user_id", user)
                    .queryParam("name", "upgrade")
                    .queryParam("from", "2026-11-24T12:00:00Z")
                    .queryParam("to", "2026-11-24T12:00:03Z");
            var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/v1/conversions")
                    .then()
                    .statusCode(200)
                    .extract();
            seen.addAll(page.path("items.idempotency_key"));
            times.addAll(page.path("items.occurred_at"));
            cursor = page.path("next_cursor");
        } while (cursor != null);

        // Then
        assertThat(seen).hasSize(6).containsExactlyInAnyOrderElementsOf(keys.subList(0, 6));
        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "cursor,x", "from,yesterday", "to,-100000-01-01T00:00:00Z", "usr_id,x"})
    void refusesQueryParametersThatAreWrongOrUnknown(String name, String value) {
        reader().queryParam(name, value)
                .get("/v1/conversions")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(name));
    }
}
