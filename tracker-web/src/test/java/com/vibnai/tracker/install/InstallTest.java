package com.vibnai.tracker.install;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class InstallTest {

    @Test
    void showsHowToInstallTheTrackerAndWhichValuesAreMissing() {
        given().accept("text/html")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "t.example.com")
                .get("/")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .body(containsString("src=\"https://t.example.com/tracker.js\""))
                .body(containsString("TRACKER_UMAMI_WEBSITE_ID"));
    }

    @Test
    void runsNothingThatStandsInThePageItself() {
        String policy = given().get("/").then().extract().header("Content-Security-Policy");
        String page = given().get("/").then().extract().asString();

        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page)
                .doesNotContain("<style")
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContain(" style=");
    }

    @Test
    void letsItsChecksReachOnlyTheServicesOfTheSnippet() {
        given().get("/")
                .then()
                .header(
                        "Content-Security-Policy",
                        containsString(
                                "connect-src 'self' https://analytics.example.com https://attribution.example.com;"));
    }

    @ParameterizedTest
    @CsvSource({"/install.js, text/javascript", "/install.css, text/css"})
    void servesThePagesOwnFiles(String path, String type) {
        given().get(path)
                .then()
                .statusCode(200)
                .contentType(containsString(type))
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void doesNotRepeatAHostThatIsNone() {
        given().header("X-Forwarded-Host", "\"><script>alert(1)</script>")
                .get("/")
                .then()
                .statusCode(200)
                .body(not(containsString("alert(1)")));
    }
}
