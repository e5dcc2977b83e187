package com.vibnai.umami.platform;

import static com.vibnai.umami.Api.newUser;
import static com.vibnai.umami.Api.reader;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.vibnai.umami.UmamiStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class RefusalTest {

    @AfterEach
    void attributionAnswersAgain() {
        UmamiStack.attribution().answer(200);
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String type) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:" + type))
                .body("status", equalTo(status))
                .body("detail", not(equalTo("")));
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
    @CsvSource({"limit,0", "limit,201", "limit,many", "cursor,x", "cursor,!!!", "lmit,5"})
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

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 401})
    void saysThatAttributionServiceCannotHelp(int status) {
        UmamiStack.attribution().answer(status);

        problem(reader().get("/v1/users/{id}/profile", newUser()).then(), 503, "unavailable")
                .header("Retry-After", notNullValue());
    }

    @Test
    void answersUnknownPathsAndMethodsWithProblems() {
        problem(reader().get("/v1/nothing").then(), 404, "not-found");
        problem(reader().delete("/v1/users/x/trail").then(), 405, "method-not-allowed");
    }
}
