package com.vibnai.attribution.firsttouch;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.record;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent is taken with care: cut, cleaned, moved, never refused for it, and always said. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class SignupCareTest {

    private static final String FACE = "\uD83D\uDE00";

    private static String cookie(String json) {
        return URLEncoder.encode(json, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void cutsWhatIsTooLongAtACodePointAndSaysSo() {
        String user = newUser();

        signUp(Map.of(
                        "user_id",
                        user,
                        "utm_campaign",
                        FACE.repeat(300),
                        "referrer",
                        "https://other.example.org/" + "r".repeat(3000),
                        "last_touch",
                        Map.of("gclid", "g".repeat(256))))
                .statusCode(201)
                .body("adjustments.field", contains("utm_campaign", "referrer", "last_touch.gclid"))
                .body("adjustments[0].what", equalTo("cut to 255 characters"))
                .body("adjustments[1].what", equalTo("cut to 2048 characters"));

        record(user)
                .body("first_touch.utm_campaign", equalTo(FACE.repeat(255)))
                .body("first_touch.referrer.length()", equalTo(2048))
                .body("last_touch.click_ids.gclid", equalTo("g".repeat(255)));
    }

    @Test
    void removesWhatCannotBeStoredAndSaysSo() {
        String user = newUser();

        server().body("{\"user_id\":\"%s\",\"utm_source\":\"a\\u0000b\\ud83d\",\"gclid\":\"\\u0000\"}".formatted(user))
                .post("/v1/attributions")
                .then()
                .statusCode(201)
                .body("first_touch.utm_source", equalTo("ab"))
                .body("first_touch.click_ids", equalTo(Map.of()))
                .body("adjustments.field", contains("utm_source", "gclid"))
                .body("adjustments[0].what", equalTo("characters that cannot be stored were removed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\ud83d", "\\ude00\\ud83d"})
    void refusesAUserIdThatCannotBeStored(String id) {
        server().body("{\"user_id\":\"" + id + "\"}")
                .post("/v1/attributions")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("user_id"));
    }

    @Test
    void saysNothingWhenNothingIsChanged() {
        signUp(Map.of("user_id", newUser(), "utm_source", " google ", "first_seen_at", "2026-11-01T10:00:00Z"))
                .body("first_touch.utm_source", equalTo("google"))
                .body("adjustments", nullValue());
    }

    @Test
    void movesTimesOutOfTheWindowAndSaysSo() {
        Instant before = Instant.now();

        signUp(Map.of(
                        "user_id",
                        newUser(),
                        "first_seen_at",
                        "2999-01-01T00:00:00Z",
                        "last_touch",
                        Map.of("first_seen_at", "1970-01-01T00:00:00Z")))
                .body("adjustments.field", contains("first_seen_at", "last_touch.first_seen_at"))
                .body("first_touch.first_seen_at", startsWith(before.toString().substring(0, 10)))
                .body(
                        "last_touch.first_seen_at",
                        startsWith(before.minus(Duration.ofDays(400)).toString().substring(0, 10)));
    }

    @Test
    void measuresTheWindowOfAnImportFromItsSignup() {
        signUp(Map.of(
                        "user_id",
                        newUser(),
                        "signed_up_at",
                        "2020-06-01T00:00:00Z",
                        "first_seen_at",
                        "2020-05-01T00:00:00Z"))
                .body("adjustments", nullValue())
                .body("first_touch.first_seen_at", equalTo("2020-05-01T00:00:00Z"))
                .body("signed_up_at", equalTo("2020-06-01T00:00:00Z"));
        signUp(Map.of(
                        "user_id",
                        newUser(),
                        "signed_up_at",
                        "2020-06-01T00:00:00Z",
                        "first_seen_at",
                        "2010-05-01T00:00:00Z"))
                .body("adjustments.field", contains("first_seen_at"))
                .body("first_touch.first_seen_at", equalTo("2019-04-28T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "9999-12-31T23:59:59Z"
            })
    void survivesEveryTimeThatCanBeWritten(String time) {
        for (String field : new String[] {"first_seen_at", "signed_up_at", "sent_at"}) {
            Map<String, String> body = new HashMap<>(Map.of("first_seen_at", "2026-01-01T00:00:00Z"));
            body.put("user_id", newUser());
            body.put(field, time);
            signUp(body).statusCode(201).body("adjustments.size()", equalTo(1));
        }
    }

    @Test
    void correctsByTheSendersClock() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant wrong = now.minus(Duration.ofDays(3));

        signUp(Map.of(
                        "user_id",
                        newUser(),
                        "sent_at",
                        wrong.toString(),
                        "first_seen_at",
                        wrong.minus(Duration.ofDays(30)).toString()))
                .body("adjustments", nullValue())
                .body(
                        "first_touch.first_seen_at",
                        startsWith(now.minus(Duration.ofDays(30)).toString().substring(0, 10)));
    }

    @Test
    void keepsClickIdsThatTheOperatorNamed() {
        signUp(Map.of("user_id", newUser(), "qclid", "q-1", "ob_click_id", "o-1", "other_click_id", "x"))
                .statusCode(201)
                .body("first_touch.click_ids", equalTo(Map.of("qclid", "q-1", "ob_click_id", "o-1")))
                .body("first_touch.direct", equalTo(false));
        server().body("{\"user_id\":\"%s\",\"qclid\":{\"a\":[1]},\"utm_source\":\"x\"}".formatted(newUser()))
                .post("/v1/attributions")
                .then()
                .statusCode(201)
                .body("first_touch.click_ids", equalTo(Map.of()))
                .body("first_touch.utm_source", equalTo("x"));
    }

    @Test
    void knowsFurtherIntermediaries() {
        signUp(Map.of(
                        "user_id",
                        newUser(),
                        "referrer",
                        "https://sso.example.net/login",
                        "landing_page",
                        "https://www.example.com/"))
                .body("first_touch.direct", equalTo(true))
                .body("channel", equalTo("Direct"));
    }

    @Test
    void readsTheTrackersCookie() {
        String json = """
                {"first":{"first_seen_at":"2026-11-01T10:00:00.000Z","utm_source":"google","gclid":"a b+c","landing_page":"https://www.example.com/"},\
                "last":{"first_seen_at":"2026-11-02T10:00:00.000Z","referrer":"https://t.co/x"},"since":"2026-10-01T00:00:00Z"}""";

        for (String value : new String[] {cookie(json), json, "vibn_attribution=" + cookie(json)}) {
            signUp(Map.of("user_id", newUser(), "attribution_cookie", value))
                    .statusCode(201)
                    .body("source", equalTo("cookie"))
                    .body("trust", equalTo("server"))
                    .body("first_touch.utm_source", equalTo("google"))
                    .body("first_touch.click_ids.gclid", equalTo("a b+c"))
                    .body("first_touch.first_seen_at", equalTo("2026-11-01T10:00:00Z"))
                    .body("last_touch.referrer", equalTo("https://t.co/x"))
                    .body("channel", equalTo("Paid Search"))
                    .body("last_channel", equalTo("Organic Social"))
                    .body("adjustments", nullValue());
        }
    }

    @Test
    void prefersTheFieldsToTheCookieAndNeverMixesThem() {
        String cookie = cookie(
                "{\"first\":{\"first_seen_at\":\"2026-11-01T10:00:00Z\",\"utm_source\":\"google\",\"gclid\":\"g\"}}");

        signUp(Map.of("user_id", newUser(), "utm_source", "twitter", "attribution_cookie", cookie))
                .body("source", equalTo("server"))
                .body("first_touch.utm_source", equalTo("twitter"))
                .body("first_touch.click_ids", equalTo(Map.of()));
        signUp(Map.of(
                        "user_id",
                        newUser(),
                        "landing_page",
                        "https://www.example.com/callback",
                        "attribution_cookie",
                        cookie))
                .body("source", equalTo("cookie"))
                .body("first_touch.utm_source", equalTo("google"))
                .body("first_touch.landing_page", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"%\"",
                "\"%7B%22first\"",
                "\"[]\"",
                "\"{}\"",
                "\"null\"",
                "\"{\\\"first\\\":7}\"",
                "\"{\\\"first\\\":{\\\"utm_source\\\":{\\\"a\\\":1}}}\"",
                "\"{\\\"first\\\":{\\\"utm_source\\\":\\\"x\\\",\\\"first_seen_at\\\":\\\"soon\\\"}}\"",
                "17",
                "{}",
                "[[[]]]",
                "true"
            })
    void ignoresWhatIsNoCookieOfTheTrackerAndSaysSo(String value) {
        server().body("{\"user_id\":\"%s\",\"attribution_cookie\":%s}".formatted(newUser(), value))
                .post("/v1/attributions")
                .then()
                .statusCode(201)
                .body("source", equalTo("server"))
                .body("first_touch.direct", equalTo(true))
                .body("adjustments.field", contains("attribution_cookie"))
                .body("adjustments.what", contains(startsWith("ignored")));
    }

    @Test
    void takesAnExternalRefererHeaderOnlyForADirectTouchOfAServer() {
        server().header("Referer", "https://blog.example.org/post")
                .body(Map.of("user_id", newUser(), "landing_page", "https://www.example.com/"))
                .post("/v1/attributions")
                .then()
                .body("first_touch.referrer", equalTo("https://blog.example.org/post"))
                .body("channel", equalTo("Referral"))
                .body("adjustments.what", contains("taken from the Referer header"));
        server().header("Referer", "https://www.example.com/signup")
                .body(Map.of("user_id", newUser(), "landing_page", "https://www.example.com/"))
                .post("/v1/attributions")
                .then()
                .body("first_touch.referrer", nullValue())
                .body("adjustments", nullValue());
        server().header("Referer", "https://blog.example.org/post")
                .body(Map.of("user_id", newUser(), "landing_page", "https://www.example.com/", "utm_source", "x"))
                .post("/v1/attributions")
                .then()
                .body("first_touch.referrer", nullValue());
    }

    @Test
    void takesABeaconOfAPageAndNotItsDateOfTheSignup() {
        String user = newUser();

        page().body(
                        "{\"user_id\":\"%s\",\"signature\":\"%s\",\"fbclid\":\"f\",\"signed_up_at\":\"2020-01-01T00:00:00Z\"}"
                                .formatted(user, AttributionStack.sign(AttributionStack.SECRET, user)))
                .post("/v1/attributions")
                .then()
                .statusCode(201)
                .body("source", equalTo("browser"))
                .body("trust", equalTo("signed"))
                .body("recorded_by", equalTo("publishable"))
                .body("channel", equalTo("Organic Social"))
                .body("signed_up_at", not(containsString("2020")))
                .body("adjustments.field", contains("signed_up_at"));
    }

    @Test
    void keepsTheWholeRecordThatADirectTouchLeaves() {
        String user = newUser();
        signUp(Map.of(
                        "user_id",
                        user,
                        "landing_page",
                        "https://www.example.com/a",
                        "last_touch",
                        Map.of("utm_source", "google", "utm_medium", "cpc")))
                .body("channel", equalTo("Direct"))
                .body("last_channel", equalTo("Paid Search"));

        page().body("{\"user_id\":\"%s\",\"signature\":\"%s\",\"utm_source\":\"newsletter\",\"utm_medium\":\"email\"}"
                        .formatted(user, AttributionStack.sign(AttributionStack.SECRET, user)))
                .post("/v1/attributions")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("upgraded"))
                .body("channel", equalTo("Email"))
                .body("last_channel", nullValue())
                .body("recorded_by", equalTo("publishable"));

        record(user)
                .body("channel", equalTo("Email"))
                .body("channel_rule", equalTo("email"))
                .body("source", equalTo("browser"))
                .body("last_touch", nullValue())
                .body("replaced.touch.landing_page", equalTo("https://www.example.com/a"))
                .body("replaced.touch.direct", equalTo(true))
                .body("replaced.channel", equalTo("Direct"))
                .body("replaced.last_touch.utm_medium", equalTo("cpc"))
                .body("replaced.trust", equalTo("server"))
                .body("replaced.source", equalTo("server"))
                .body("replaced.recorded_by", equalTo("server"))
                .body("replaced.because", equalTo("direct_before_non_direct"))
                .body("replaced.at", not(nullValue()));
    }
}
