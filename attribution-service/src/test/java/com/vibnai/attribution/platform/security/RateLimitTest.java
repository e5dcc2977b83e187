package com.vibnai.attribution.platform.security;

import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.reader;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@QuarkusTestResource(Issuers.class)
@TestProfile(RateLimitTest.Few.class)
class RateLimitTest {

    /** So few that a slow machine reaches the limit, too. */
    public static final class Few implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "attribution.rate-limit.key", "1",
                    "attribution.rate-limit.address", "1",
                    "attribution.rate-limit.address-burst", "3",
                    "attribution.trusted-proxies", "127.0.0.1,::1");
        }
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address);
    }

    /** The first answer that is a refusal, by calls that are as fast as they can be. */
    private static Response refused(Supplier<Response> call) {
        for (int i = 0; i < 10_000; i++) {
            Response answer = call.get();
            if (answer.statusCode() == 429) {
                return answer;
            }
        }
        throw new AssertionError("nothing was refused");
    }

    private static void isRefusal(Response answer) {
        answer.then()
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:too-many-requests"))
                .body("status", equalTo(429));
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 2);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void refusesAnAddressThatCallsTooFast() {
        isRefusal(refused(() -> from("203.0.113.1").get("/v1/attributions")));
    }

    @Test
    void doesNotMakeOthersPayForIt() {
        refused(() -> from("203.0.113.2").get("/v1/attributions"));

        from("203.0.113.3").get("/v1/attributions").then().statusCode(401);
    }

    @Test
    void isNotFooledByWhatAClientWritesItself() {
        refused(() -> from(UUID.randomUUID() + ", 203.0.113.4").get("/v1/attributions"));
    }

    @Test
    void slowsDownWhoeverTriesKeys() {
        isRefusal(refused(() -> from("203.0.113.5")
                .header("Authorization", "Bearer sk_guess_" + Math.random())
                .get("/v1/attributions")));
    }

    @Test
    void refusesAKeyThatCallsTooFastFromWhicheverAddress() {
        isRefusal(refused(() -> reader().header("X-Forwarded-For", "203.0.113." + (int) (Math.random() * 255))
                .get("/v1/attributions")));
    }

    @Test
    void letsAPageReadWhyItWasRefused() {
        Response answer = refused(
                () -> page().header("X-Forwarded-For", "203.0.113.6").body("{}").post("/v1/attributions"));

        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(AttributionStack.ORIGIN);
    }
}
