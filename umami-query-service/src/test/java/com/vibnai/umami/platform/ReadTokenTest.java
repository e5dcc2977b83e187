package com.vibnai.umami.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.vibnai.umami.Api;
import com.vibnai.umami.UmamiStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a console's page, written by hand as docs/api/read-tokens.md says. */
@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class ReadTokenTest {

    @TestHTTPResource("/")
    URI service;

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static JsonObject header() {
        return new JsonObject().put("alg", "HS256").put("typ", "vibn-read+jwt");
    }

    private static JsonObject claims(String user) {
        return new JsonObject()
                .put("iss", "vibn-attribution")
                .put("aud", "vibn-read")
                .put("scope", "user")
                .put("sub", user)
                .put("iat", now())
                .put("exp", now() + 900);
    }

    private static String token(JsonObject header, JsonObject claims, String secret) {
        try {
            String signed = encode(header.encode().getBytes(StandardCharsets.UTF_8)) + "."
                    + encode(claims.encode().getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static ValidatableResponse read(String token, String user, String part) {
        return given().header("Authorization", "Bearer " + token)
                .get("/v1/users/{id}/{part}", user, part)
                .then();
    }

    @ParameterizedTest
    @ValueSource(strings = {"funnel", "trail", "sessions", "profile", "first-touch"})
    void readsItsUserAndNobodyElse(String part) {
        String user = "o'hara/%ü" + Api.newUser();
        String token = token(header(), claims(user), UmamiStack.TOKEN_SECRET);

        read(token, user, part).statusCode(200).body("user_id", equalTo(user));
        read(token, Api.newUser(), part)
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:forbidden"));
    }

    @Test
    void opensItsUsersLiveStreamAndNobodyElses() throws Exception {
        String user = Api.newUser();
        String token = token(header(), claims(user), UmamiStack.TOKEN_SECRET);

        assertThat(liveStatus(token, user)).isEqualTo(200);
        assertThat(liveStatus(token, Api.newUser())).isEqualTo(403);
        assertThat(liveStatus(token(header(), claims(user).put("exp", now() - 60), UmamiStack.TOKEN_SECRET), user))
                .isEqualTo(401);
    }

    /** Of a stream, which is closed at once. */
    private int liveStatus(String token, String user) throws Exception {
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.resolve("/v1/users/" + user + "/live"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }

    @Test
    void takesTheOlderSecretToo() {
        String user = Api.newUser();

        read(token(header(), claims(user), UmamiStack.OLD_TOKEN_SECRET), user, "trail")
                .statusCode(200);
    }

    @Test
    void doesNotTellATokenWhatTheSourceIs() {
        given().header("Authorization", "Bearer " + token(header(), claims("x"), UmamiStack.TOKEN_SECRET))
                .get("/v1/source")
                .then()
                .statusCode(403);
    }

    @Test
    void readsNobodyWithATokenForReports() {
        JsonObject reports = claims("x").put("scope", "reports");

        String token = token(header(), reports, UmamiStack.TOKEN_SECRET);
        for (String part : List.of("funnel", "trail", "sessions", "profile", "first-touch", "live")) {
            read(token, "x", part).statusCode(403);
        }
        given().header("Authorization", "Bearer " + token)
                .get("/v1/source")
                .then()
                .statusCode(403);
    }

    @Test
    void readsFunnelsOfTheSiteWithATokenForReportsAlone() {
        JsonObject reports = claims("x").put("scope", "reports");
        reports.remove("sub");
        JsonObject expired = reports.copy().put("exp", now() - 60);

        funnelOfTheSite(token(header(), reports, UmamiStack.TOKEN_SECRET)).statusCode(200);
        funnelOfTheSite(token(header(), claims("x"), UmamiStack.TOKEN_SECRET))
                .statusCode(403)
                .contentType("application/problem+json");
        funnelOfTheSite(token(header(), expired, UmamiStack.TOKEN_SECRET)).statusCode(401);
    }

    private static ValidatableResponse funnelOfTheSite(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/v1/funnels?step=visit&step=signup")
                .then();
    }

    @Test
    void refusesWhatIsForgedOverOrMeantForSomethingElse() {
        String secret = UmamiStack.TOKEN_SECRET;
        refused(token(header(), claims("x"), "another secret of more than 32 characters"));
        refused(token(header(), claims("x").put("exp", now() - 60), secret));
        read(token(header(), claims("x").put("exp", now() - 60), secret), "x", "first-touch")
                .statusCode(401);
        refused(token(header(), claims("x").put("exp", now() + 7200), secret));
        refused(token(header(), claims("x").put("iss", "somebody"), secret));
        refused(token(header(), claims("x").put("aud", "somebody"), secret));
        refused(token(header().put("typ", "JWT"), claims("x"), secret));
        JsonObject endless = claims("x");
        endless.remove("exp");
        refused(token(header(), endless, secret));
        String good = token(header(), claims("x"), secret);
        refused(token(header().put("alg", "none"), claims("x"), secret).replaceAll("\\.[^.]*$", "."));
        refused(good.substring(0, good.length() - 2));
    }

    private static void refused(String token) {
        read(token, "x", "trail").statusCode(401).contentType("application/problem+json");
    }
}
