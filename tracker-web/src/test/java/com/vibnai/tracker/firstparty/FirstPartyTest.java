package com.vibnai.tracker.firstparty;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = FirstPartyStack.class, restrictToAnnotatedClass = true)
class FirstPartyTest {

    private static final String LAPTOP =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    /** Calls come through a proxy on this machine, which is trusted; each test is another client. */
    private static RequestSpecification client(String address) {
        return given().header("X-Forwarded-For", address).header("User-Agent", LAPTOP);
    }

    private static String pageView(String path) {
        return """
                {"type":"event","payload":{"website":"%s","hostname":"www.example.com","screen":"1440x900","language":"en","url":"%s"}}
                """.formatted(FirstPartyStack.website(), path);
    }

    private static ValidatableResponse send(RequestSpecification client, String body) {
        return client.contentType("application/json").body(body).post("/m/c").then();
    }

    private static String stored(String column, UUID session) throws SQLException {
        try (Connection connection = FirstPartyStack.database().connect();
                PreparedStatement query =
                        connection.prepareStatement("select " + column + " from session where session_id = ?")) {
            query.setObject(1, session);
            ResultSet row = query.executeQuery();
            return row.next() ? row.getString(1) : "no such session";
        }
    }

    @Test
    void servesUmamisScriptWhichSendsToOurPath() {
        client("203.0.113.1")
                .get("/m/s.js")
                .then()
                .statusCode(200)
                .contentType("text/javascript;charset=utf-8")
                .header("Cache-Control", "public, max-age=3600")
                .header("Access-Control-Allow-Origin", "*")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("X-Content-Type-Options", "nosniff")
                .body(containsString("/c`"))
                .body(not(containsString("/api/send")));
    }

    @Test
    void answersTheScriptsConditionalAndHeadRequests() {
        String tag = client("203.0.113.1").get("/m/s.js").then().extract().header("ETag");

        client("203.0.113.1").header("If-None-Match", tag).get("/m/s.js").then().statusCode(304);
        client("203.0.113.1")
                .head("/m/s.js")
                .then()
                .statusCode(200)
                .header("ETag", tag)
                .body(equalTo(""));
    }

    @Test
    void isForUmamiTheVisitorItself() {
        String direct = client("203.0.113.2")
                .contentType("application/json")
                .body(pageView("/direct"))
                .post(FirstPartyStack.umami().url() + "/api/send")
                .then()
                .extract()
                .path("sessionId");

        send(client("203.0.113.2"), pageView("/proxied"))
                .statusCode(200)
                .contentType("application/json")
                .header("Access-Control-Allow-Origin", "*")
                .header("Cache-Control", "no-store")
                .body("sessionId", equalTo(direct))
                .body("cache", notNullValue());
    }

    @Test
    void passesTheTokenThatGoesOnWithAVisit() {
        JsonPath first = send(client("203.0.113.3"), pageView("/one")).extract().jsonPath();

        // With the token Umami takes the session from it, even for a website it would have to look up.
        send(client("203.0.113.3").header("x-umami-cache", first.getString("cache")), pageView("/two"))
                .statusCode(200)
                .body("visitId", equalTo(first.getString("visitId")));
    }

    @Test
    void tellsUmamiWhereATrustedNetworkSawTheVisitor() throws SQLException {
        String session = send(client("203.0.113.4").header("CF-IPCountry", "NL"), pageView("/"))
                .extract()
                .path("sessionId");

        assertThat(stored("country", UUID.fromString(session))).isEqualTo("NL");
    }

    @Test
    void passesUmamisRefusals() {
        send(client("203.0.113.5"), "{\"type\":\"event\",\"payload\":{\"website\":\"" + UUID.randomUUID() + "\"}}")
                .statusCode(400);
    }

    @Test
    void answersThePreflightOfUmamisScript() {
        client("203.0.113.6")
                .header("Origin", "https://www.example.com")
                .header("Access-Control-Request-Method", "POST")
                .options("/m/c")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Headers", "Content-Type, x-umami-cache");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        send(client("203.0.113.7"), "x".repeat(32_769))
                .statusCode(413)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:payload-too-large"));
    }

    @Test
    void passesASignupWithTheOriginAndThePublishableKeyButNoCredentials() {
        JsonPath seen = client("203.0.113.8")
                .header("Origin", "https://www.example.com")
                .header("Cookie", "session=secret")
                .header("Authorization", "Bearer secret")
                .header("X-Custom", "secret")
                .contentType("text/plain")
                .queryParam("key", "pk_testtesttest")
                .queryParam("debug", "secret")
                .body("{\"user_id\":\"ada\"}")
                .post("/a/v1/attributions")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "https://www.example.com")
                .header("Set-Cookie", nullValue())
                .header("Server", nullValue())
                .extract()
                .jsonPath();

        assertThat(seen.getString("uri")).isEqualTo("/v1/attributions?key=pk_testtesttest");
        assertThat(seen.getString("body")).isEqualTo("{\"user_id\":\"ada\"}");
        assertThat(seen.getString("headers.origin")).isEqualTo("https://www.example.com");
        assertThat(seen.getString("headers.x-forwarded-for")).isEqualTo("203.0.113.8");
        assertThat(seen.getString("headers.user-agent")).isEqualTo(LAPTOP);
        assertThat(seen.getString("")).doesNotContain("secret");
    }

    @Test
    void passesNoServerKey() {
        client("203.0.113.9")
                .contentType("text/plain")
                .queryParam("key", "sk_servserverver")
                .body("{}")
                .post("/a/v1/identity-links")
                .then()
                .body("uri", equalTo("/v1/identity-links"));
    }

    @ParameterizedTest
    @CsvSource({
        "be silent, 504, timeout, 5",
        "hang up, 503, unavailable, 5",
        "break, 502, bad-gateway, ",
        "redirect, 502, bad-gateway, ",
    })
    void answersAProblemWhenTheServerBehindItFails(String order, int status, String type, String retryAfter) {
        client("203.0.113.10")
                .contentType("text/plain")
                .body(order)
                .post("/a/v1/attributions")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .header("Retry-After", retryAfter == null ? nullValue() : equalTo(retryAfter))
                .header("Access-Control-Allow-Origin", "*")
                .body("type", equalTo("urn:vibn:problem:" + type))
                .body(not(containsString("stack trace")));
    }

    @Test
    void passesAServersOwnRequestToWait() {
        client("203.0.113.11")
                .contentType("text/plain")
                .body("be busy")
                .post("/a/v1/attributions")
                .then()
                .statusCode(503)
                .header("Retry-After", "7");
    }

    @Test
    void neverLetsAnotherServersPageRunOnTheOperatorsDomain() {
        client("203.0.113.12")
                .contentType("text/plain")
                .body("be html")
                .post("/a/v1/attributions")
                .then()
                .statusCode(200)
                .contentType("application/octet-stream")
                .header("X-Content-Type-Options", "nosniff");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /a/v1/attributions",
        "GET, /a/v1/attributions/ada",
        "POST, /a/v1/conversions",
        "POST, /a/v1/attributions/batch",
        "POST, /a/v1/attributions/../users/ada",
        "DELETE, /a/v1/users/ada",
        "GET, /m/c",
        "GET, /api/websites",
        "POST, /m/s.js",
        "POST, /api/send"
    })
    void passesNothingElse(String method, String path) {
        client("203.0.113.13")
                .urlEncodingEnabled(false)
                .request(method, path)
                .then()
                .statusCode(oneOf(404, 405))
                .contentType("application/problem+json");
    }

    @Test
    void slowsDownAnAddressThatCallsTooOftenAndNobodyElse() {
        int refused = 0;
        for (int i = 0; i < FirstPartyStack.CALLS_A_MINUTE * 3; i++) {
            // Whatever it claims to be: the proxy in front appends the address that it saw.
            int status = client("198.51.100." + i + ", 203.0.113.14")
                    .get("/m/s.js")
                    .then()
                    .extract()
                    .statusCode();
            refused += status == 429 ? 1 : 0;
        }

        assertThat(refused).isPositive();
        client("203.0.113.15").get("/m/s.js").then().statusCode(200);
    }

    @Test
    void tellsTheOneThatIsTooFastWhenToComeBack() {
        ValidatableResponse last = client("2001:db8::1").get("/m/s.js").then();
        // One network of 64 bits is one client.
        for (int i = 2; last.extract().statusCode() != 429; i++) {
            last = client("2001:db8::" + Integer.toHexString(i)).get("/m/s.js").then();
        }

        last.contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("type", equalTo("urn:vibn:problem:too-many-requests"));
    }

    @Test
    void showsItsOwnAddressesInTheSnippet() {
        client("203.0.113.16")
                .get("/")
                .then()
                .body(containsString("data-umami-script-url=\"https://t.example.com/m/s.js\""))
                .body(containsString("data-umami-collect-path=\"/c\""))
                .body(containsString("data-attribution-url=\"https://t.example.com/a\""))
                .body(not(containsString("TRACKER_UMAMI_WEBSITE_ID")));
    }
}
