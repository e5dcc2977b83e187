package com.vibnai.attribution.platform.security;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.oneOf;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for the pages of a console. The form of a token is checked by hand here, as umami-query-service will read it. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@QuarkusTestResource(Issuers.class)
class ReadTokenTest {

    private static ValidatableResponse mint(Object body) {
        return reader().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/read-tokens")
                .then();
    }

    private static String minted(Object body) {
        return mint(body).statusCode(201).extract().path("token");
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static ValidatableResponse read(String token, String path, Object... parameters) {
        return bearer(token).get(path, parameters).then();
    }

    @Test
    void readsItsUserAndNobodyElse() {
        // Given
        String user = newUser();
        String other = newUser();
        signUp(Map.of("user_id", user));
        signUp(Map.of("user_id", other));

        // When
        String token = minted(Map.of("user_id", user));

        // Then
        read(token, "/v1/attributions/{id}", user).statusCode(200).body("user_id", equalTo(user));
        read(token, "/v1/users/{id}/conversions", user).statusCode(200);
        read(token, "/v1/users/{id}/identity-links", user).statusCode(200);
        for (String path :
                new String[] {"/v1/attributions/{id}", "/v1/users/{id}/conversions", "/v1/users/{id}/identity-links"}) {
            read(token, path, other)
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:vibn:problem:forbidden"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "ä ö", "a%2Fb", "a?b", "../x", "+"})
    void readsAUserWithAnyId(String user) {
        signUp(Map.of("user_id", user));

        read(minted(Map.of("user_id", user)), "/v1/users/{id}/conversions", user)
                .statusCode(200);
    }

    @Test
    void readsNoListAndNoReport() {
        String token = minted(Map.of("user_id", newUser()));

        read(token, "/v1/attributions").statusCode(403);
        read(token, "/v1/conversions").statusCode(403);
        read(token, "/v1/reports/acquisition").statusCode(oneOf(403, 404));
    }

    @Test
    void writesNothing() {
        String user = newUser();
        String token = minted(Map.of("user_id", user));
        String body = new JsonObject(Map.of("user_id", user)).encode();

        for (String path :
                new String[] {"/v1/attributions", "/v1/identity-links", "/v1/conversions", "/v1/read-tokens"}) {
            bearer(token)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post(path)
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void forReportsReadsNoUser() {
        String user = newUser();
        signUp(Map.of("user_id", user));
        String token = minted(Map.of("reports", true));

        read(token, "/v1/attributions/{id}", user).statusCode(403);
        read(token, "/v1/users/{id}/conversions", user).statusCode(403);
        read(token, "/v1/attributions").statusCode(403);
    }

    @Test
    void isMadeForKeysThatMayReadOnly() {
        Map<String, String> body = Map.of("user_id", newUser());

        server().body(body).post("/v1/read-tokens").then().statusCode(403);
        page().body("{}")
                .contentType(ContentType.JSON)
                .post("/v1/read-tokens")
                .then()
                .statusCode(403);
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/read-tokens")
                .then()
                .statusCode(401);
        bearer(Issuers.ADMIN_KEY)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/read-tokens")
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|one_of_both",
                "{\"user_id\":\"u\",\"reports\":true}|one_of_both",
                "{\"reports\":false}|one_of_both",
                "{\"user_id\":\"\"}|user_id",
                "{\"user_id\":7}|user_id",
                "{\"user_id\":\"u\",\"ttl_seconds\":0}|ttl_seconds",
                "{\"user_id\":\"u\",\"ttl_seconds\":3601}|ttl_seconds",
                "{\"user_id\":\"u\",\"ttl_seconds\":\"long\"}|ttl_seconds"
            })
    void isNotMadeForAnythingElse(String body, String field) {
        mint(body).statusCode(400).body("errors.field", hasItem(field));
    }

    @Test
    void hasTheFormThatIsDocumented() {
        String user = newUser();
        Instant before = Instant.now().minusSeconds(1);

        var answer = mint(Map.of("user_id", user, "ttl_seconds", 3600))
                .statusCode(201)
                .extract();

        String[] parts = answer.<String>path("token").split("\\.");
        JsonObject header = new JsonObject(decoded(parts[0]));
        JsonObject claims = new JsonObject(decoded(parts[1]));
        assertThat(header.getMap()).isEqualTo(Map.of("alg", "HS256", "typ", "vibn-read+jwt"));
        assertThat(claims.getString("iss")).isEqualTo("vibn-attribution");
        assertThat(claims.getString("aud")).isEqualTo("vibn-read");
        assertThat(claims.getString("scope")).isEqualTo("user");
        assertThat(claims.getString("sub")).isEqualTo(user);
        assertThat(claims.getString("jti")).isNotBlank();
        assertThat(claims.getLong("exp") - claims.getLong("iat"))
                .isEqualTo(Duration.ofHours(1).toSeconds());
        assertThat(Instant.ofEpochSecond(claims.getLong("iat"))).isAfter(before);
        assertThat(Instant.parse(answer.path("expires_at"))).isEqualTo(Instant.ofEpochSecond(claims.getLong("exp")));
        assertThat(new JsonObject(decoded(minted(Map.of("reports", true)).split("\\.")[1])).fieldNames())
                .contains("scope")
                .doesNotContain("sub");
    }

    @Test
    void isAcceptedWithEitherSecretWhileOneIsRotated() {
        String user = newUser();

        read(token(Issuers.READ_SECRET, user, 60), "/v1/users/{id}/conversions", user)
                .statusCode(200);
        read(token(Issuers.OLD_READ_SECRET, user, 60), "/v1/users/{id}/conversions", user)
                .statusCode(200);
        read(token("another-0123456789abcdef01234567", user, 60), "/v1/users/{id}/conversions", user)
                .statusCode(401);
    }

    @Test
    void ends() {
        String user = newUser();

        read(token(Issuers.READ_SECRET, user, -60), "/v1/users/{id}/conversions", user)
                .statusCode(401)
                .contentType("application/problem+json");
    }

    @Test
    void isNeverValidForMoreThanAnHour() {
        String user = newUser();

        read(token(Issuers.READ_SECRET, user, 7200), "/v1/users/{id}/conversions", user)
                .statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({"iss, somebody", "aud, vibn-write", "scope, everything", "scope, reports", "typ, JWT"})
    void isOfThisFormOrNone(String name, String value) {
        String user = newUser();

        read(token(Issuers.READ_SECRET, user, 60, name, value), "/v1/users/{id}/conversions", user)
                .statusCode(401);
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String token(String secret, String user, long seconds) {
        return token(secret, user, seconds, "scope", "user");
    }

    /** A token by the documentation, with one claim or header of the test's choice. */
    private static String token(String secret, String user, long seconds, String name, String value) {
        long now = Instant.now().getEpochSecond();
        JsonObject claims = new JsonObject()
                .put("iss", "vibn-attribution")
                .put("aud", "vibn-read")
                .put("scope", "user")
                .put("sub", user)
                .put("iat", now)
                .put("exp", now + seconds);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", name.equals("typ") ? value : "vibn-read+jwt");
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKey(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)));
        signature.setPayload((name.equals("typ") ? claims : claims.put(name, value)).encode());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
