package com.vibnai.umami.platform;

import static com.vibnai.umami.Api.reader;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.vibnai.umami.UmamiStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class RefusalTest {

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String type) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:" + type))
                .body("status", equalTo(status))
                .body("detail", not(equalTo("")));
    }

    @Test
    void asksForAReadKeyToTellWhatTheSourceIs() {
        problem(
                given().header("Authorization", "Bearer " + UmamiStack.INGEST_KEY)
                        .get("/v1/source")
                        .then(),
                403,
                "forbidden");
        problem(given().get("/v1/source").then(), 401, "unauthorized");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users/x/funnel", "users/x/trail", "users/x/sessions", "users/x/profile", "source"})
    void refusesAParameterThatACallDoesNotHave(String call) {
        problem(reader().queryParam("x", "1").get("/v1/" + call).then(), 400, "invalid-request")
                .body("errors.field", hasItem("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"funnel", "trail", "sessions", "profile"})
    void asksForAReadKey(String part) {
        problem(given().get("/v1/users/x/" + part).then(), 401, "unauthorized").header("WWW-Authenticate", "Bearer");
        problem(
                given().header("Authorization", "Bearer nonsense")
                        .get("/v1/users/x/" + part)
                        .then(),
                401,
                "unauthorized");
        problem(
                given().header("Authorization", "Bearer " + UmamiStack.INGEST_KEY)
                        .get("/v1/users/x/" + part)
                        .then(),
                403,
                "forbidden");
    }

    @ParameterizedTest
    @CsvSource({
        "limit,0",
        "limit,201",
        "limit,many",
        "cursor,x",
        "cursor,!!!",
        "lmit,5",
        "include,everything",
        "website_id,1-1-1-1-1",
        "from,yesterday",
        "to,2026-13-01T00:00:00Z"
    })
    void refusesParametersThatAreWrongOrUnknown(String name, String value) {
        ValidatableResponse answer =
                reader().queryParam(name, value).get("/v1/users/x/trail").then();

        problem(answer, 400, "invalid-request");
        answer.body("errors.field", hasItem(name));
    }

    @Test
    void refusesAUserIdThatIsTooLong() {
        problem(reader().get("/v1/users/{id}/funnel", "a".repeat(256)).then(), 400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"o'hara", "a\"b", "%", "100%_", "üñ✓", "'; DROP TABLE website_event; --", "a/b?c#d"})
    void takesOddUserIdsForWhatTheyAre(String userId) {
        reader().get("/v1/users/{id}/funnel", userId)
                .then()
                .statusCode(200)
                .body("user_id", equalTo(userId))
                .body("pageviews", equalTo(0));
    }

    @Test
    void answersUnknownPathsAndMethodsWithProblems() {
        problem(reader().get("/v1/nothing").then(), 404, "not-found");
        problem(reader().delete("/v1/users/x/trail").then(), 405, "method-not-allowed");
    }
}
