package com.vibnai.attribution.acquisition;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.vibnai.attribution.Api;
import com.vibnai.attribution.AttributionStack;
import com.vibnai.attribution.platform.security.Issuers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of the reports and what they answer; that the figures are right is AcquisitionOracleTest's. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@QuarkusTestResource(Issuers.class)
class ReportContractTest {

    private static ValidatableResponse report(String query) {
        return reader().get("/v1/reports/acquisition?" + query).then();
    }

    private static String campaign() {
        return "campaign-" + UUID.randomUUID();
    }

    private static String user(String campaign, String at, Map<String, ?> more) {
        String user = newUser();
        Map<String, Object> body = new HashMap<>(Map.of("user_id", user, "signed_up_at", at, "utm_campaign", campaign));
        body.putAll(more);
        signUp(body).statusCode(201);
        return user;
    }

    private static void convert(String user, String at, String value) {
        server().body(Map.of(
                        "idempotency_key",
                        "order-" + UUID.randomUUID(),
                        "user_id",
                        user,
                        "name",
                        "purchase",
                        "occurred_at",
                        at,
                        "value",
                        value,
                        "currency",
                        "EUR"))
                .post("/v1/conversions")
                .then()
                .statusCode(201);
    }

    private static String token(Object body) {
        return reader().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/read-tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    @Test
    void showsASignupAndAConversionAtOnce() {
        // Given
        String campaign = campaign();
        String user = user(
                campaign,
                "2026-03-10T12:00:00Z",
                Map.of("utm_source", "google", "utm_medium", "cpc", "first_seen_at", "2026-03-09T11:58:03Z"));
        user(campaign, "2026-03-20T12:00:00Z", Map.of("utm_source", "bing", "utm_medium", "cpc"));
        convert(user, "2026-03-12T12:00:00Z", "49.9");
        convert(user, "2026-04-12T12:00:00Z", "0.05");

        // When
        ValidatableResponse answer = report("by=utm_source&touch=both&interval=week&time_zone=Europe/Berlin"
                        + "&from=2026-03-10&to=2026-04-01&compare=previous&utm_campaign=" + campaign)
                .statusCode(200);

        // Then
        answer.body("by", equalTo("utm_source"))
                .body("touch", equalTo("both"))
                .body("interval", equalTo("week"))
                .body("time_zone", equalTo("Europe/Berlin"))
                .body("from", equalTo("2026-03-10"))
                .body("to", equalTo("2026-04-01"))
                .body("periods", contains("2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"))
                .body("totals.signups", equalTo(2))
                .body("totals.converted_users", equalTo(1))
                .body("totals.conversions", equalTo(2))
                .body("totals.conversion_rate", equalTo(0.5f))
                .body("totals.revenue", hasSize(1))
                .body("totals.revenue[0].currency", equalTo("EUR"))
                .body("totals.revenue[0].value", equalTo("49.95"))
                .body("totals.median_seconds_to_signup", equalTo(87000))
                .body("totals.median_seconds_to_conversion", equalTo(170000))
                .body("previous.from", equalTo("2026-02-16"))
                .body("previous.to", equalTo("2026-03-10"))
                .body("previous.totals.signups", equalTo(0))
                .body("previous.totals.conversion_rate", nullValue())
                .body("groups.value", contains("bing", "google"))
                .body("groups[1].first.signups", equalTo(1))
                .body("groups[1].last.converted_users", equalTo(1))
                .body("groups[1].previous_first.signups", equalTo(0))
                .body("groups[1].trend.first.signups", contains(1, 0, 0, 0))
                .body("groups[1].trend.last.converted_users", contains(1, 0, 0, 0))
                .body("groups[0].trend.first.signups", contains(0, 1, 0, 0))
                .body("groups[0].first.median_seconds_to_signup", nullValue())
                .body("other", nullValue())
                .body("generated_at", notNullValue());
    }

    @Test
    void leavesOutWhatWasNotAsked() {
        String campaign = campaign();
        user(campaign, "2026-03-10T12:00:00Z", Map.of());

        report("touch=last&from=2026-03-10&to=2026-03-11&utm_campaign=" + campaign)
                .statusCode(200)
                .body("previous", nullValue())
                .body("groups[0].first", nullValue())
                .body("groups[0].trend.first", nullValue())
                .body("groups[0].previous_last", nullValue())
                .body("groups[0].last.signups", equalTo(1))
                .body("totals.signups", equalTo(1));
    }

    @Test
    void sumsUpTheGroupsThatDoNotFit() {
        String campaign = campaign();
        for (String source : List.of("a", "a", "b", "c", "d")) {
            user(campaign, "2026-03-10T12:00:00Z", Map.of("utm_source", source));
        }

        report("by=utm_source&limit=2&interval=none&from=2026-03-01&to=2026-04-01&utm_campaign=" + campaign)
                .statusCode(200)
                .body("periods", contains("2026-03-01"))
                .body("groups.value", contains("a", "b"))
                .body("other.groups", equalTo(2))
                .body("other.first.signups", equalTo(2))
                .body("other.last", nullValue())
                .body("other.trend.first.signups", contains(2));
    }

    @Test
    void comparesWholeMonthsWithAsManyMonths() {
        report("from=2026-03-01&to=2026-05-01&compare=previous&utm_campaign=none-has-this")
                .statusCode(200)
                .body("previous.from", equalTo("2026-01-01"))
                .body("previous.to", equalTo("2026-03-01"))
                .body("groups", empty());
    }

    @Test
    void reportsTheLatestThirtyDaysUnlessAsked() {
        report("time_zone=Asia/Kathmandu").statusCode(200).body("periods", hasSize(30));
    }

    @Test
    void groupsByPageWithoutQueryAndByHostInLowerCase() {
        String campaign = campaign();
        user(
                campaign,
                "2026-03-10T12:00:00Z",
                Map.of(
                        "landing_page",
                        "https://www.example.com/pricing?email=x#top",
                        "referrer",
                        "https://News.Example.ORG/a?b=c"));

        String rest = "&from=2026-03-10&to=2026-03-11&utm_campaign=" + campaign;
        report("by=landing_page" + rest).body("groups.value", contains("https://www.example.com/pricing"));
        report("by=referrer_host&landing_page=https://www.example.com/pricing" + rest)
                .body("groups.value", contains("news.example.org"));
        report("by=utm_source&utm_campaign=&from=2026-03-10&to=2026-03-11&landing_page=https://www.example.com/pricing")
                .body("groups", empty());
        report("by=utm_term&utm_term=&referrer_host=news.example.org&referrer_host=other" + rest)
                .body("groups.value", contains((String) null))
                .body("totals.signups", equalTo(1));
    }

    @Test
    void streamsEveryGroupAndPeriodAsCsv() {
        String campaign = campaign();
        String user = user(campaign, "2026-03-10T12:00:00Z", Map.of("utm_source", "=cmd|' /C calc'!A0"));
        user(campaign, "2026-03-11T12:00:00Z", Map.of("utm_source", "a, \"b\""));
        convert(user, "2026-03-12T12:00:00Z", "5");

        String csv = reader().accept("text/csv")
                .get("/v1/reports/acquisition?by=utm_source&touch=both&from=2026-03-10&to=2026-03-12&utm_campaign="
                        + campaign)
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asString();

        List<String> lines = csv.lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("period,utm_source,first_signups,first_converted_users,first_conversions,"
                        + "first_conversion_rate,first_median_seconds_to_signup,first_median_seconds_to_conversion,")
                .contains("first_revenue_EUR", "last_signups", "last_revenue_EUR");
        assertThat(lines.get(1))
                .startsWith("2026-03-10,'=cmd|' /C calc'!A0,1,1,1,1.0,,170000,")
                .contains("5.00");
        assertThat(lines.get(2)).startsWith("2026-03-11,\"a, \"\"b\"\"\",1,0,0,0.0,,,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by=source|by",
                "touch=middle|touch",
                "interval=hour|interval",
                "time_zone=Mars/Base|time_zone",
                "time_zone=%2B01:07|time_zone",
                "from=yesterday|from",
                "from=1979-12-31|from",
                "to=2026-02-30|to",
                "from=2026-03-02&to=2026-03-02|from",
                "from=2026-03-03&to=2026-03-02|from",
                "from=2025-01-01&to=2026-03-02|interval",
                "from=2000-01-01&to=2026-03-02&interval=week|interval",
                "compare=next|compare",
                "from=1980-01-02&to=1981-03-02&interval=month&compare=previous|compare",
                "limit=0|limit",
                "limit=501|limit",
                "channel=%00|channel",
                "conversion=%00|conversion",
                "source=browser|source",
                "chanel=Direct|chanel"
            })
    void refusesWhatMakesNoSense(String query, String field) {
        reader().urlEncodingEnabled(false)
                .get("/v1/reports/acquisition?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:invalid-request"))
                .body("errors.field", contains(field));
        reader().urlEncodingEnabled(false)
                .accept("text/csv")
                .get("/v1/reports/acquisition?" + query)
                .then()
                .statusCode(400);
    }

    @Test
    void namesAllThatIsWrong() {
        report("by=x&touch=y&limit=z").statusCode(400).body("errors.field", contains("by", "touch", "limit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/reports/acquisition", "/v1/reports/health"})
    void isForReadersAndTokensForReportsOnly(String path) {
        reader().get(path).then().statusCode(200);
        given().header("Authorization", "Bearer " + token(Map.of("reports", true)))
                .get(path)
                .then()
                .statusCode(200);

        given().get(path).then().statusCode(401);
        server().get(path).then().statusCode(403);
        Api.page().get(path).then().statusCode(403);
        given().header("Authorization", "Bearer " + token(Map.of("user_id", newUser())))
                .get(path)
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    @Test
    void saysWhySignupsAreNotAttributed() {
        // Given
        String day = "T12:00:00Z";
        signUp(Map.of("user_id", newUser(), "signed_up_at", "2001-05-01" + day)).statusCode(201);
        signUp(Map.of("user_id", newUser(), "signed_up_at", "2001-05-01" + day, "utm_source", "google"))
                .statusCode(201);
        signUp(Map.of(
                        "user_id",
                        newUser(),
                        "signed_up_at",
                        "2001-05-02" + day,
                        "landing_page",
                        "https://www.example.com/"))
                .statusCode(201);
        signUp(Map.of(
                        "user_id",
                        newUser(),
                        "signed_up_at",
                        "2001-05-02" + day,
                        "landing_page",
                        "https://www.example.com/",
                        "referrer",
                        "https://accounts.google.com/"))
                .statusCode(201);
        signUp(Map.of(
                        "user_id",
                        newUser(),
                        "signed_up_at",
                        "2001-05-02" + day,
                        "first_seen_at",
                        "2001-05-01T12:00:00Z"))
                .statusCode(201);
        signUp(Map.of("user_id", newUser(), "signed_up_at", "2001-04-20" + day)).statusCode(201);

        // When
        ValidatableResponse answer = reader().get("/v1/reports/health?from=2001-05-01&to=2001-05-03&time_zone=UTC")
                .then()
                .statusCode(200);

        // Then
        answer.body("time_zone", equalTo("UTC"))
                .body("signups", equalTo(5))
                .body("attributed", equalTo(1))
                .body("share", equalTo(0.2f))
                .body("paths", hasSize(1))
                .body("paths[0].source", equalTo("server"))
                .body("paths[0].trust", equalTo("server"))
                .body("paths[0].signups", equalTo(5))
                .body(
                        "missing.reason",
                        contains(
                                "direct_visit",
                                "no_landing_page",
                                "own_or_intermediary_referrer",
                                "server_without_touch"))
                .body("missing.signups", contains(1, 1, 1, 1))
                .body("baseline.from", equalTo("2001-04-03"))
                .body("baseline.to", equalTo("2001-05-01"))
                .body("baseline.signups", equalTo(1))
                .body("baseline.share", equalTo(0.0f))
                .body("dropped", equalTo(false));
    }

    @Test
    void refusesAHealthThatMakesNoSense() {
        reader().get("/v1/reports/health?from=1980-01-02&to=1980-01-03")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("from"));
        reader().get("/v1/reports/health?from=2026-01-02&to=2026-01-01").then().statusCode(400);
        reader().get("/v1/reports/health?by=channel").then().statusCode(400);
    }
}
