package com.vibnai.tracker.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ConsoleTest.Configured.class)
class ConsoleTest {

    public static class Configured implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tracker.console.attribution-url", "https://attribution.example.com/a",
                    "tracker.console.query-url", "https://query.example.com:8443",
                    "tracker.console.token-url", "https://admin.example.com/console/token",
                    "tracker.console.users-url", "https://admin.example.com/console/users",
                    "tracker.console.oidc.authority", "https://login.example.com/realms/one",
                    "tracker.console.oidc.client-id", "\"><script>");
        }
    }

    private static String page() {
        return given().get("/console/")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .extract()
                .asString();
    }

    @Test
    void tellsThePageWhereTheServicesAre() {
        assertThat(page())
                .contains(
                        "data-query-url=\"https://query.example.com:8443\"",
                        "data-token-url=\"https://admin.example.com/console/token\"",
                        "data-users-url=\"https://admin.example.com/console/users\"",
                        "data-oidc-authority=\"https://login.example.com/realms/one\"",
                        "data-oidc-client-id=\"&quot;&gt;&lt;script&gt;\"",
                        "data-oidc-scope=\"openid\"");
    }

    @Test
    void loadsOnlyItsOwnScriptsAndCallsOnlyTheServices() {
        String policy = given().get("/console/").then().extract().header("Content-Security-Policy");

        assertThat(policy)
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src data:;"
                        + " connect-src https://attribution.example.com https://query.example.com:8443"
                        + " https://admin.example.com https://login.example.com; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html");
    }

    @Test
    void hasNothingInThePageItselfThatThePolicyForbids() {
        assertThat(page())
                .doesNotContain("<style", " style=", "\"><script>")
                .doesNotContainPattern("<script(?![^>]* src=)");
    }

    @Test
    void namesItsScriptByTheContent() {
        String page = page();

        assertThat(page).containsPattern("src=\"\\.\\./console-page\\.[0-9a-f]{16}\\.js\" integrity=\"sha384-");
        String name = page.replaceAll("(?s).*src=\"\\.\\./([^\"]+)\".*", "$1");
        given().get("/" + name).then().statusCode(200).header("Cache-Control", containsString("immutable"));
        assertThat(given().get("/" + name).asString()).containsPattern("\\./console\\.[0-9a-f]{16}\\.js");
    }

    @Test
    void isLookedAtByNobodyElse() {
        given().get("/console/")
                .then()
                .header("Cache-Control", equalTo("no-store"))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("Cross-Origin-Opener-Policy", equalTo("same-origin"));
    }

    @Test
    void isFoundWithoutTheSlash() {
        given().redirects()
                .follow(false)
                .get("/console")
                .then()
                .statusCode(308)
                .header("Location", containsString("console/"));
    }

    @Test
    void servesThePagesStyle() {
        given().get("/console/console.css").then().statusCode(200).contentType(containsString("text/css"));
    }

    @Test
    void refusesAnAddressWithoutAHost() {
        Settings settings = new Settings("attribution", "", "", "", "", "", "openid");

        assertThatThrownBy(settings::origins).hasMessageContaining("tracker.console");
    }
}
