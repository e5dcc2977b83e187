package com.vibnai.attribution.platform.security;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.record;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of the application, which prove a user id, and of a provider of OpenID Connect, which people bring. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@QuarkusTestResource(Issuers.class)
class TokenTest {

    private static JsonObject claims(String issuer, String subject) {
        return new JsonObject()
                .put("iss", issuer)
                .put("sub", subject)
                .put("aud", Issuers.AUDIENCE)
                .put("exp", Instant.now().getEpochSecond() + 300);
    }

    private static String appToken(JsonObject claims) {
        return Issuers.token(Issuers.key("rsa"), "RS256", claims.encode());
    }

    private static ValidatableResponse signUp(String user, String token) {
        return page().body(new JsonObject(Map.of("user_id", user, "token", token)).encode())
                .post("/v1/attributions")
                .then();
    }

    private static void refused(String user, String token) {
        signUp(user, token)
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:forbidden"));
        record(user).statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"rsa, RS256", "rsa, RS512", "rsa, PS256", "ec, ES256"})
    void believesATokenOfTheApplication(String key, String algorithm) {
        String user = newUser();

        signUp(
                        user,
                        Issuers.token(
                                Issuers.key(key),
                                algorithm,
                                claims(Issuers.APP, user).encode()))
                .statusCode(201);

        record(user).body("trust", equalTo("jwt"));
    }

    @Test
    void believesATokenThatComesWithALink() {
        String user = newUser();

        page().body(new JsonObject(Map.of(
                                "user_id", user,
                                "website_id", UUID.randomUUID().toString(),
                                "session_id", UUID.randomUUID().toString(),
                                "kind", "identified",
                                "token", appToken(claims(Issuers.APP, user))))
                        .encode())
                .post("/v1/identity-links")
                .then()
                .statusCode(201);
    }

    @Test
    void refusesATokenOfSomebodyElse() {
        refused(newUser(), appToken(claims(Issuers.APP, "somebody-else")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "sub"})
    void refusesATokenThatLacksAClaim(String claim) {
        String user = newUser();
        JsonObject claims = claims(Issuers.APP, user);
        claims.remove(claim);

        refused(user, appToken(claims));
    }

    @ParameterizedTest
    @CsvSource({"iss, https://evil.example", "iss, https://login.example.com/realms/staff", "aud, another-service"})
    void refusesATokenForSomethingElse(String claim, String value) {
        String user = newUser();

        refused(user, appToken(claims(Issuers.APP, user).put(claim, value)));
    }

    @Test
    void refusesATokenThatIsOver() {
        String user = newUser();

        refused(
                user,
                appToken(claims(Issuers.APP, user).put("exp", Instant.now().getEpochSecond() - 60)));
    }

    @Test
    void refusesATokenOfAnotherKeyWithTheSameName() throws JoseException {
        String user = newUser();
        PublicJsonWebKey stranger = RsaJwkGenerator.generateJwk(2048);
        stranger.setKeyId("rsa");

        refused(user, Issuers.token(stranger, "RS256", claims(Issuers.APP, user).encode()));
    }

    @Test
    void refusesATokenSignedWithThePublicKeyAsASecret() throws JoseException {
        String user = newUser();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKeyIdHeaderValue("rsa");
        signature.setKey(new HmacKey(Issuers.key("rsa").getPublicKey().getEncoded()));
        signature.setPayload(claims(Issuers.APP, user).encode());

        refused(user, signature.getCompactSerialization());
    }

    @Test
    void refusesATokenWithoutSignature() {
        String user = newUser();

        refused(user, unsigned(claims(Issuers.APP, user)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "..", "e30.e30.e30"})
    void refusesWhatIsNoToken(String token) {
        refused(newUser(), token);
    }

    private static String unsigned(JsonObject claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.encode().getBytes(StandardCharsets.UTF_8)) + ".";
    }

    private static ValidatableResponse list(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/v1/attributions")
                .then();
    }

    private static JsonObject person(List<String> roles) {
        return claims(Issuers.OIDC, "f3a1").put("realm_access", new JsonObject(Map.of("roles", roles)));
    }

    private static String staffToken(JsonObject claims) {
        return Issuers.token(Issuers.key("staff"), "RS256", claims.encode());
    }

    @Test
    void letsAPersonDoWhatTheirRolesMay() {
        list(staffToken(person(List.of("cook", "analyst")))).statusCode(200);
        list(staffToken(person(List.of("operator")))).statusCode(200);
        list(staffToken(person(List.of("cook")))).statusCode(403);
        list(staffToken(person(List.of()))).statusCode(403);
        list(staffToken(claims(Issuers.OIDC, "f3a1"))).statusCode(403);
        given().header("Authorization", "Bearer " + staffToken(person(List.of("operator"))))
                .contentType("application/json")
                .body("{\"user_id\":\"x\"}")
                .post("/v1/attributions")
                .then()
                .statusCode(403);
    }

    @Test
    void refusesPeopleWithTokensThatAreNotTheProviders() {
        list(staffToken(person(List.of("operator")).put("iss", Issuers.APP))).statusCode(401);
        list(staffToken(person(List.of("operator")).put("aud", "other"))).statusCode(401);
        list(staffToken(person(List.of("operator")).put("exp", 1))).statusCode(401);
        list(appToken(person(List.of("operator")))).statusCode(401);
        list(unsigned(person(List.of("operator")))).statusCode(401);
    }
}
