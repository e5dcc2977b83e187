package com.vibnai.tracker.script;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.vibnai.testkit.RawHttp;
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
import java.util.List;
import java.util.regex.Pattern;
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

    private static List<String> scripts() {
        return given().get("/integrity.json").then().extract().jsonPath().getMap("").keySet().stream()
                .map(String::valueOf)
                .toList();
    }

    private static String immutableTracker() {
        return scripts().stream()
                .filter(name -> name.matches("tracker\\.[0-9a-f]{16}\\.js"))
                .findFirst()
                .orElseThrow();
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
                .header("Timing-Allow-Origin", "*")
                .header("X-Content-Type-Options", "nosniff")
                .header("Vary", "Accept-Encoding")
                .body(containsString("vibn_attribution"));
    }

    @Test
    void servesEveryScriptOfTheBuildByTheSameRules() throws Exception {
        List<String> names = scripts();

        assertThat(names).contains("tracker.js", "tracker.mjs", "react.mjs");
        for (String name : names) {
            byte[] script = get("/" + name, "identity").body();
            String integrity = "sha384-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-384").digest(script));
            given().get("/integrity.json").then().body("'" + name + "'", equalTo(integrity));
            given().get("/" + name)
                    .then()
                    .statusCode(200)
                    .contentType("text/javascript;charset=utf-8")
                    .header("Access-Control-Allow-Origin", "*")
                    .header("Cross-Origin-Resource-Policy", "cross-origin");
        }
    }

    @Test
    void keepsAHashedNameForEverAndAStableOneForAnHour() {
        given().get("/" + immutableTracker())
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=31536000, immutable");
        for (String name : List.of("tracker.js", "tracker.mjs", "react.mjs", "integrity.json", "types")) {
            given().get("/" + name).then().statusCode(200).header("Cache-Control", "public, max-age=3600");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void answersNotModifiedToWhoeverHasItAlready(String form) {
        String tag = given().get("/tracker.js").then().extract().header("ETag");

        given().header("If-None-Match", form.formatted(tag))
                .get("/tracker.js")
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .header("Cache-Control", "public, max-age=3600")
                .header("Vary", "Accept-Encoding")
                .header("Access-Control-Allow-Origin", "*")
                .header("Content-Type", emptyOrNullString())
                .body(equalTo(""));
    }

    @Test
    void sendsItAnewToWhoeverHasAnOlderOne() {
        given().header("If-None-Match", "\"older\"").get("/tracker.js").then().statusCode(200);
    }

    @Test
    void givesEachFormATagOfItsOwn() throws Exception {
        assertThat(List.of(
                        get("/tracker.js", "identity")
                                .headers()
                                .firstValue("etag")
                                .orElseThrow(),
                        get("/tracker.js", "gzip").headers().firstValue("etag").orElseThrow(),
                        get("/tracker.js", "br").headers().firstValue("etag").orElseThrow()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br|br",
                "gzip|gzip",
                "br;q=0, gzip|gzip",
                "identity|",
                "deflate|",
                "*|br",
                "br;q=0, *|gzip",
                "*;q=0|",
                ", ;|"
            })
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

    @ParameterizedTest
    @ValueSource(strings = {"/tracker.js", "/integrity.json", "/types"})
    void answersHeadAsGetWithoutABody(String path) {
        String length = given().header("Accept-Encoding", "identity")
                .get(path)
                .then()
                .extract()
                .header("Content-Length");

        given().header("Accept-Encoding", "identity")
                .head(path)
                .then()
                .statusCode(200)
                .header("Content-Length", length)
                .header("ETag", not(emptyOrNullString()))
                .body(equalTo(""));
    }

    @Test
    void servesTheTypesOfItsModulesAndSaysWhereTheyAre() {
        given().get("/types").then().body("", hasItem("index.d.ts")).body("", hasItem("react.d.ts"));
        given().get("/tracker.mjs").then().header("X-TypeScript-Types", "./types/index.d.ts");
        given().get("/react.mjs").then().header("X-TypeScript-Types", "./types/react.d.ts");
        List<String> files = given().get("/types").then().extract().jsonPath().getList("");
        for (String file : files) {
            given().get("/types/" + file).then().statusCode(200).contentType("text/plain;charset=utf-8");
        }
    }

    @Test
    void servesEveryTypeThatAnotherOneImports() {
        List<String> files = given().get("/types").then().extract().jsonPath().getList("");
        for (String file : files) {
            String types = given().get("/types/" + file).then().extract().asString();
            assertThat(Pattern.compile("from \"\\./([^\"]+)\"").matcher(types).results())
                    .allSatisfy(
                            found -> assertThat(files).contains(found.group(1).replace(".js", ".d.ts")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tracker.0000000000000000.js",
                "/nothing",
                "/tracker.js.map",
                "/tracker.js.gz",
                "/types/nothing.d.ts",
                "/types/..%2f..%2fsecret.d.ts",
                "/types/../../application.properties",
                "/%2e%2e/application.properties",
                "/..%2fapplication.properties",
                "/..%5capplication.properties",
                "/%2e%2e%2f%2e%2e%2fetc%2fpasswd.js",
                "/tracker%00.js",
                "/webui/tracker.js",
                "/install/install.js",
                "/META-INF/MANIFEST.MF",
                "/q/openapi",
                "/q/health"
            })
    void answersProblemsToWhatIsNotThere(String path) throws IOException {
        String answer = RawHttp.ask(root, "GET " + path + " HTTP/1.1", "Host: localhost");

        assertThat(answer).startsWith("HTTP/1.1 404 ").containsIgnoringCase("content-type: application/problem+json");
        assertThat(answer)
                .containsIgnoringCase("x-content-type-options: nosniff")
                .contains("\"status\":404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/tracker.js%", "/\u0001", "/tracker.js?a=%zz"})
    void survivesAddressesThatAreNone(String path) throws IOException {
        assertThat(RawHttp.ask(root, "GET " + path + " HTTP/1.1", "Host: localhost"))
                .containsPattern("^HTTP/1.1 [24]\\d\\d ");
    }

    @ParameterizedTest
    @CsvSource({"POST, /tracker.js, 405", "DELETE, /integrity.json, 405", "PUT, /, 405"})
    void answersProblemsToMethodsThatAreNotThere(String method, String path, int status) {
        given().request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:method-not-allowed"));
    }
}
