package com.vibnai.tracker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ScriptTest {

    @TestHTTPResource("/")
    URI root;

    private HttpResponse<byte[]> get(String path, String acceptEncoding) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(root.resolve(path))
                                .header("Accept-Encoding", acceptEncoding)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void servesTheScriptToAnyOriginForAnHour() {
        given().header("Origin", "https://www.example.com")
                .get("/tracker.js")
                .then()
                .statusCode(200)
                .contentType("text/javascript;charset=utf-8")
                .header("Cache-Control", "public, max-age=3600")
                .header("Access-Control-Allow-Origin", "*")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("X-Content-Type-Options", "nosniff")
                .header("Vary", containsString("Accept-Encoding"))
                .body(containsString("vibn_attribution"));
    }

    @Test
    void answersNotModifiedToWhoeverHasItAlready() {
        String tag = given().get("/tracker.js").then().extract().header("ETag");

        given().header("If-None-Match", tag)
                .get("/tracker.js")
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .body(equalTo(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip, deflate, br|br", "gzip|gzip", "br;q=0, gzip|gzip", "identity|", "deflate|"})
    void servesTheSmallestFormThatTheCallerAccepts(String accept, String expected) throws Exception {
        HttpResponse<byte[]> answer = get("/tracker.js", accept);

        assertThat(answer.headers().firstValue("content-encoding").orElse(null)).isEqualTo(expected);
    }

    @Test
    void holdsTheSameScriptInEveryForm() throws Exception {
        byte[] plain = get("/tracker.js", "identity").body();
        byte[] gzipped = get("/tracker.js", "gzip").body();

        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzipped)).readAllBytes())
                .isEqualTo(plain);
        assertThat(gzipped.length).isLessThanOrEqualTo(3000);
    }

    @Test
    void publishesTheIntegrityOfEachFileAndAnAddressThatNeverChanges() throws Exception {
        byte[] script = get("/tracker.js", "identity").body();
        String expected = "sha384-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-384").digest(script));

        String hashed = given().get("/integrity.json").then().extract().jsonPath().getMap("").keySet().stream()
                .map(String::valueOf)
                .filter(name -> name.matches("tracker\\.[0-9a-f]{16}\\.js"))
                .findFirst()
                .orElseThrow();

        given().get("/integrity.json").then().body("'tracker.js'", equalTo(expected));
        given().get("/" + hashed).then().statusCode(200).header("Cache-Control", "public, max-age=31536000, immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/tracker.mjs", "/react.mjs", "/types/index.d.ts", "/types/react.d.ts", "/types/types.d.ts"})
    void servesTheModulesAndTheirTypes(String path) {
        given().get(path).then().statusCode(200);
    }

    @Test
    void showsHowToInstallItWithTheOperatorsValues() {
        given().accept("text/html")
                .get("/")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .body(containsString("/tracker.js"))
                .body(containsString("TRACKER_UMAMI_WEBSITE_ID"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/tracker.0000000000000000.js", "/nothing", "/types/..%2f..%2fsecret.d.ts", "/webui/tracker.js"})
    void answersProblemsToWhatIsNotThere(String path) {
        given().urlEncodingEnabled(false).get(path).then().statusCode(404).contentType("application/problem+json");
    }
}
