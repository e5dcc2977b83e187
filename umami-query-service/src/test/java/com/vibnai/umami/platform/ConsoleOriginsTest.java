package com.vibnai.umami.platform;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.umami.UmamiStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class ConsoleOriginsTest {

    private static final String TRAIL = "/v1/users/ada/trail";

    @Test
    void letsAPageOfTheConsoleAskWithATokenAndResumeAStream() {
        given().header("Origin", UmamiStack.CONSOLE)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization,last-event-id")
                .options(TRAIL)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", equalTo(UmamiStack.CONSOLE))
                .header("Access-Control-Allow-Methods", equalTo("GET"))
                .header("Access-Control-Allow-Headers", equalTo("authorization,last-event-id"));
    }

    @Test
    void letsItSeeAlsoWhatIsWrong() {
        given().header("Origin", UmamiStack.CONSOLE)
                .get(TRAIL)
                .then()
                .statusCode(401)
                .header("Access-Control-Allow-Origin", equalTo(UmamiStack.CONSOLE))
                .header("Access-Control-Expose-Headers", equalTo("retry-after"))
                .header("Vary", equalTo("origin"));
    }

    @Test
    void tellsPagesOfOtherOriginsNothing() {
        given().header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET")
                .options(TRAIL)
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
        given().header("Origin", "https://evil.example")
                .get(TRAIL)
                .then()
                .statusCode(401)
                .header("Access-Control-Allow-Origin", nullValue());
    }
}
