package com.vibnai.tracker.touch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TouchTest {

    private static final String TOUCH =
            "{\"first\":{\"utm_source\":\"google\",\"first_seen_at\":\"2026-11-20T09:30:00.000Z\"}}";

    /** A page of www.example.com calls t.example.com through a proxy on this machine, which is trusted. */
    private static RequestSpecification page(String origin) {
        return given().header("Origin", origin)
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "t.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain;charset=UTF-8", "application/json"})
    void setsTheCookieForTheWholeSite(String contentType) {
        ExtractableResponse<Response> answer = page("https://www.example.com")
                .contentType(contentType)
                .body(TOUCH)
                .post("/v1/touch")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "https://www.example.com")
                .header("Access-Control-Allow-Credentials", "true")
                .header("Cache-Control", "no-store")
                .header("Vary", "Origin")
                .extract();

        String cookie = answer.header("Set-Cookie");
        String[] parts = cookie.split("; ", 2);
        assertThat(parts[1]).isEqualTo("Path=/; Max-Age=7776000; SameSite=Lax; Domain=example.com; Secure");
        assertThat(URLDecoder.decode(parts[0].substring("vibn_attribution=".length()), StandardCharsets.UTF_8))
                .isEqualTo(TOUCH);
    }

    @Test
    void setsItForThisHostAloneOnLocalhost() {
        String cookie = given().header("Origin", "http://localhost:8090")
                .header("X-Forwarded-Host", "localhost:8080")
                .contentType("text/plain")
                .body(TOUCH)
                .post("/v1/touch")
                .then()
                .statusCode(204)
                .extract()
                .header("Set-Cookie");

        assertThat(cookie).endsWith("; Path=/; Max-Age=7776000; SameSite=Lax");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://www.example.org", "null", "https://example.com.evil.net", "http://www.example.com"})
    void setsNothingForAPageOfAnotherSite(String origin) {
        page(origin)
                .contentType("text/plain")
                .body(TOUCH)
                .post("/v1/touch")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .header("Set-Cookie", nullValue())
                .header("Access-Control-Allow-Origin", nullValue())
                .body("type", equalTo("urn:vibn:problem:forbidden"));
    }

    @Test
    void setsNothingForACallerThatIsNoPage() {
        given().contentType("text/plain")
                .body(TOUCH)
                .post("/v1/touch")
                .then()
                .statusCode(403)
                .header("Set-Cookie", nullValue());
    }

    @Test
    void setsNothingForWhatTheTrackerWouldNotWriteAndSaysWhy() {
        page("https://www.example.com")
                .contentType("text/plain")
                .body("{\"first\":{\"email\":\"ada@example.com\",\"first_seen_at\":\"2026-11-20T09:30:00.000Z\"}}")
                .post("/v1/touch")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .header("Set-Cookie", nullValue())
                .header("Access-Control-Allow-Origin", "https://www.example.com")
                .body("errors.field", hasItem("first.email"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2049, 60_000})
    void setsNothingForMoreThanTwoKilobytes(int length) {
        page("https://www.example.com")
                .contentType("text/plain")
                .body("{" + " ".repeat(length - 2) + "}")
                .post("/v1/touch")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .header("Set-Cookie", nullValue());
    }

    @Test
    void takesNoOtherMediaType() {
        page("https://www.example.com")
                .contentType("application/x-www-form-urlencoded")
                .body("a=b")
                .post("/v1/touch")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void erasesTheCookieWhenConsentIsWithdrawn() {
        page("https://www.example.com")
                .delete("/v1/touch")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Credentials", "true")
                .header("Set-Cookie", "vibn_attribution=; Path=/; Max-Age=0; SameSite=Lax; Domain=example.com; Secure");
        page("https://www.example.org").delete("/v1/touch").then().statusCode(403);
    }

    @Test
    void allowsAPageOfTheSiteToEraseItAndNoOther() {
        page("https://www.example.com")
                .header("Access-Control-Request-Method", "DELETE")
                .options("/v1/touch")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Methods", "POST, DELETE")
                .header("Access-Control-Allow-Origin", "https://www.example.com")
                .header("Access-Control-Max-Age", "86400");
        page("https://www.example.org").options("/v1/touch").then().statusCode(403);
    }

    @Test
    void believesNobodyElseAboutTheAddressItIsReachedBy() {
        given().header("Origin", "https://www.example.com")
                .header("Host", "t.example.org")
                .contentType("text/plain")
                .body(TOUCH)
                .post("/v1/touch")
                .then()
                .statusCode(403);
    }
}
