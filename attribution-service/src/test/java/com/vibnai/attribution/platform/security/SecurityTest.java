package com.vibnai.attribution.platform.security;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.server;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@QuarkusTestResource(Issuers.class)
class SecurityTest {

    private static void isProtected(ValidatableResponse answer, int status) {
        answer.statusCode(status)
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("X-Frame-Options", equalTo("DENY"))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("Cache-Control", equalTo("no-store"))
                .header("Strict-Transport-Security", containsString("max-age="))
                .header("Content-Security-Policy", containsString("default-src 'none'"));
    }

    @Test
    void sendsSecurityHeadersWithEveryAnswer() {
        isProtected(reader().get("/v1/attributions").then(), 200);
        isProtected(reader().get("/v1/attributions/{id}", newUser()).then(), 404);
        isProtected(reader().get("/nothing").then(), 404);
        isProtected(given().get("/v1/attributions").then(), 401);
        isProtected(server().get("/v1/attributions").then(), 403);
        isProtected(server().body("{").post("/v1/attributions").then(), 400);
        isProtected(
                given().header("Origin", "https://evil.example")
                        .get("/v1/attributions")
                        .then(),
                403);
        isProtected(server().body("x".repeat(70_000)).post("/v1/attributions").then(), 413);
    }

    @Test
    void letsAPageOfAConsoleReadWithItsToken() {
        given().header("Origin", AttributionStack.CONSOLE)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .options("/v1/attributions/{id}", newUser())
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(AttributionStack.CONSOLE))
                .header("Access-Control-Allow-Methods", containsString("GET"))
                .header("Access-Control-Allow-Headers", containsStringIgnoringCase("authorization"));
        reader().header("Origin", AttributionStack.CONSOLE)
                .get("/v1/attributions")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(AttributionStack.CONSOLE))
                .header("Access-Control-Expose-Headers", containsStringIgnoringCase("retry-after"));
    }

    @Test
    void takesTwoKeysWhileOneIsRotated() {
        for (String key : new String[] {AttributionStack.SERVER_KEY, Issuers.NEXT_SERVER_KEY}) {
            given().header("Authorization", "Bearer " + key)
                    .contentType(ContentType.JSON)
                    .body(Map.of("user_id", newUser()))
                    .post("/v1/attributions")
                    .then()
                    .statusCode(201);
        }
    }
}
