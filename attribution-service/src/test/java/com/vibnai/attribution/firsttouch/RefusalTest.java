package com.vibnai.attribution.firsttouch;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.record;
import static com.vibnai.attribution.Api.server;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, how it is said, and that nothing of it is stored. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class RefusalTest {

    private static void problem(ValidatableResponse answer, int status, String type) {
        answer.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:" + type))
                .body("status", equalTo(status))
                .body("title", not(equalTo("")))
                .body("detail", not(equalTo("")))
                .body("instance", containsString("/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[1,2]", "null", "\"text\"", "{\"user_id\":\"a\"} trailing", "{\"user_id\":\"a\",}"})
    void refusesWhatIsNoJsonObject(String body) {
        problem(server().body(body).post("/v1/attributions").then(), 400, "invalid-request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|user_id",
                "{\"user_id\":\"\"}|user_id",
                "{\"user_id\":\"  \"}|user_id",
                "{\"user_id\":17}|user_id",
                "{\"user_id\":{}}|user_id",
                "{\"user_id\":\"u\",\"utm_source\":[\"a\"]}|utm_source",
                "{\"user_id\":\"u\",\"utm_source\":1}|utm_source",
                "{\"user_id\":\"u\",\"first_seen_at\":\"yesterday\"}|first_seen_at",
                "{\"user_id\":\"u\",\"first_seen_at\":1700000000}|first_seen_at",
                "{\"user_id\":\"u\",\"umami\":{\"session_id\":\"4d801085-375f-52d9-8443-058ca5b7d8a2\"}}|umami.website_id",
                "{\"user_id\":\"u\",\"umami\":{\"website_id\":\"x\"}}|umami.website_id",
                "{\"user_id\":\"u\",\"umami\":{\"kind\":\"friend\"}}|umami.kind",
                "{\"user_id\":\"u\",\"last_touch\":7}|last_touch"
            })
    void namesTheFieldThatIsWrong(String body, String field) {
        ValidatableResponse answer =
                server().body(body).post("/v1/attributions").then();

        problem(answer, 400, "invalid-request");
        answer.body("errors.field", hasItem(field));
    }

    @Test
    void refusesAUserIdThatIsTooLong() {
        ValidatableResponse answer = server().body(Map.of("user_id", "a".repeat(256)))
                .post("/v1/attributions")
                .then();

        problem(answer, 400, "invalid-request");
        answer.body("errors.field", hasItem("user_id"));
    }

    @Test
    void neverQuotesTheBody() {
        server().body("{\"user_id\":17,\"google_token\":\"s3cr3t\"}")
                .post("/v1/attributions")
                .then()
                .statusCode(400)
                .body(not(containsString("s3cr3t")));
    }

    @Test
    void refusesCallsWithoutAKnownKey() {
        given().contentType("application/json")
                .body("{}")
                .post("/v1/attributions")
                .then()
                .header("WWW-Authenticate", "Bearer");
        problem(
                given().contentType("application/json")
                        .body("{}")
                        .post("/v1/attributions")
                        .then(),
                401,
                "unauthorized");
        problem(
                given().header("Authorization", "Bearer nonsense")
                        .body("{}")
                        .post("/v1/attributions")
                        .then(),
                401,
                "unauthorized");
        problem(
                given().header("Authorization", "Basic eDp5")
                        .get("/v1/attributions/x")
                        .then(),
                401,
                "unauthorized");
        problem(
                given().queryParam("key", "pk_unknown_one")
                        .body("{}")
                        .post("/v1/attributions")
                        .then(),
                401,
                "unauthorized");
    }

    @Test
    void refusesAServerKeyInTheAddress() {
        problem(
                given().queryParam("key", AttributionStack.SERVER_KEY)
                        .body("{}")
                        .post("/v1/attributions")
                        .then(),
                401,
                "unauthorized");
    }

    @Test
    void keepsScopesApart() {
        problem(
                given().header("Authorization", "Bearer " + AttributionStack.SERVER_KEY)
                        .get("/v1/attributions/x")
                        .then(),
                403,
                "forbidden");
        problem(
                reader().contentType("application/json")
                        .body("{}")
                        .post("/v1/attributions")
                        .then(),
                403,
                "forbidden");
        problem(
                given().queryParam("key", AttributionStack.PUBLISHABLE_KEY)
                        .get("/v1/attributions/x")
                        .then(),
                403,
                "forbidden");
    }

    @Test
    void refusesAPageThatDoesNotProveTheUser() {
        String user = newUser();
        String other = AttributionStack.sign(AttributionStack.SECRET, "somebody-else");

        problem(
                page().body("{\"user_id\":\"" + user + "\"}")
                        .post("/v1/attributions")
                        .then(),
                403,
                "forbidden");
        problem(
                page().body("{\"user_id\":\"%s\",\"signature\":\"%s\"}".formatted(user, other))
                        .post("/v1/attributions")
                        .then(),
                403,
                "forbidden");
        problem(
                page().body("{\"user_id\":\"%s\",\"signature\":\"%s\"}".formatted(user, "0".repeat(64)))
                        .post("/v1/identity-links")
                        .then(),
                400,
                "invalid-request");
        record(user).statusCode(404);
    }

    @Test
    void refusesPagesOfOtherOrigins() {
        problem(
                given().header("Origin", "https://evil.example")
                        .queryParam("key", AttributionStack.PUBLISHABLE_KEY)
                        .body("{}")
                        .post("/v1/attributions")
                        .then(),
                403,
                "forbidden");
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        String user = newUser();
        String body = "{\"user_id\":\"%s\",\"x\":\"%s\"}".formatted(user, "y".repeat(70_000));

        problem(server().body(body).post("/v1/attributions").then(), 413, "payload-too-large");
        record(user).statusCode(404);
    }

    @Test
    void refusesOtherMediaTypesMethodsAndPaths() {
        problem(
                given().header("Authorization", "Bearer " + AttributionStack.SERVER_KEY)
                        .contentType("application/xml")
                        .body("<a/>")
                        .post("/v1/attributions")
                        .then(),
                415,
                "unsupported-media-type");
        problem(server().delete("/v1/attributions").then(), 405, "method-not-allowed");
        problem(reader().get("/v1/nothing").then(), 404, "not-found");
        problem(record(newUser()), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "limit,0",
        "limit,501",
        "limit,many",
        "cursor,x",
        "cursor,!!!",
        "from,yesterday",
        "to,2026-13-01",
        "chanel,email"
    })
    void refusesQueryParametersThatAreWrongOrUnknown(String name, String value) {
        ValidatableResponse answer =
                reader().queryParam(name, value).get("/v1/attributions").then();

        problem(answer, 400, "invalid-request");
        answer.body("errors.field", hasItem(name));
    }
}
