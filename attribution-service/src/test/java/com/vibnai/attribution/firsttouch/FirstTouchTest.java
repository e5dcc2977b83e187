package com.vibnai.attribution.firsttouch;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.record;
import static com.vibnai.attribution.Api.segments;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class FirstTouchTest {

    @Test
    void recordsEveryFieldOfTheFirstTouch() {
        String user = newUser();

        signUp(Map.ofEntries(
                        Map.entry("user_id", user),
                        Map.entry("utm_source", "google"),
                        Map.entry("utm_medium", "cpc"),
                        Map.entry("utm_campaign", "spring"),
                        Map.entry("utm_term", "shoes"),
                        Map.entry("utm_content", "blue"),
                        Map.entry("utm_id", "7"),
                        Map.entry("utm_source_platform", "Search Ads 360"),
                        Map.entry("gclid", "Cj0K"),
                        Map.entry("li_fat_id", "li-1"),
                        Map.entry("_kx", "kx-1"),
                        Map.entry("referrer", "https://www.google.com/"),
                        Map.entry("landing_page", "https://www.example.com/?gclid=Cj0K"),
                        Map.entry("first_seen_at", "2026-11-01T10:00:00Z")))
                .statusCode(201)
                .body("created", equalTo(true))
                .body("outcome", equalTo("created"))
                .body("trust", equalTo("server"))
                .body("source", equalTo("server"));

        record(user)
                .statusCode(200)
                .body("user_id", equalTo(user))
                .body("first_touch.utm_source", equalTo("google"))
                .body("first_touch.utm_medium", equalTo("cpc"))
                .body("first_touch.utm_campaign", equalTo("spring"))
                .body("first_touch.utm_term", equalTo("shoes"))
                .body("first_touch.utm_content", equalTo("blue"))
                .body("first_touch.utm_id", equalTo("7"))
                .body("first_touch.utm_source_platform", equalTo("Search Ads 360"))
                .body("first_touch.click_ids", equalTo(Map.of("gclid", "Cj0K", "li_fat_id", "li-1", "_kx", "kx-1")))
                .body("first_touch.referrer", equalTo("https://www.google.com/"))
                .body("first_touch.landing_page", equalTo("https://www.example.com/?gclid=Cj0K"))
                .body("first_touch.first_seen_at", equalTo("2026-11-01T10:00:00Z"))
                .body("first_touch.direct", equalTo(false))
                .body("replaced", nullValue());
    }

    @Test
    void keepsTheFirstTouchWhenALaterSignupArrives() {
        String user = newUser();
        signUp(Map.of("user_id", user, "utm_source", "twitter", "utm_campaign", "launch"))
                .statusCode(201);

        signUp(Map.of("user_id", user, "utm_source", "google", "utm_medium", "cpc", "gclid", "x"))
                .statusCode(200)
                .body("created", equalTo(false))
                .body("outcome", equalTo("kept"))
                .body("first_touch.utm_source", equalTo("twitter"))
                .body("first_touch.utm_medium", nullValue())
                .body("first_touch.click_ids", equalTo(Map.of()));
    }

    @Test
    void replacesADirectTouchOnceAndWhole() {
        String user = newUser();
        signUp(Map.of(
                        "user_id", user,
                        "referrer", "https://example.com/blog",
                        "landing_page", "https://www.example.com/pricing",
                        "first_seen_at", "2026-11-01T10:00:00Z"))
                .statusCode(201)
                .body("first_touch.direct", equalTo(true));

        signUp(Map.of("user_id", user, "utm_source", "newsletter"))
                .statusCode(200)
                .body("created", equalTo(false))
                .body("outcome", equalTo("upgraded"))
                .body("first_touch.utm_source", equalTo("newsletter"))
                .body("first_touch.landing_page", nullValue())
                .body("first_touch.first_seen_at", nullValue())
                .body("replaced.touch.landing_page", equalTo("https://www.example.com/pricing"))
                .body("replaced.touch.first_seen_at", startsWith("2026-11-01T10:00:00"))
                .body("replaced.because", equalTo("direct_before_non_direct"));
        signUp(Map.of("user_id", user, "utm_source", "google"))
                .body("outcome", equalTo("kept"))
                .body("first_touch.utm_source", equalTo("newsletter"));
    }

    @Test
    void keepsADirectTouchWhenAnotherDirectOneArrives() {
        String user = newUser();
        signUp(Map.of("user_id", user, "landing_page", "https://www.example.com/a"))
                .statusCode(201);

        signUp(Map.of("user_id", user, "landing_page", "https://www.example.com/b"))
                .body("outcome", equalTo("kept"))
                .body("first_touch.landing_page", equalTo("https://www.example.com/a"));
    }

    @Test
    void keepsTheLastTouchBesideTheFirst() {
        String user = newUser();

        signUp(Map.of(
                        "user_id",
                        user,
                        "utm_source",
                        "twitter",
                        "last_touch",
                        Map.of("utm_source", "google", "gclid", "g")))
                .statusCode(201);

        record(user)
                .body("first_touch.utm_source", equalTo("twitter"))
                .body("last_touch.utm_source", equalTo("google"))
                .body("last_touch.click_ids", equalTo(Map.of("gclid", "g")));
    }

    @Test
    void takesTheRefererHeaderOnlyForATouchThatKnowsNothingElse() {
        String direct = newUser();
        String campaign = newUser();
        String ownSite = newUser();

        server().header("Referer", "https://news.example.org/item")
                .body(Map.of("user_id", direct, "landing_page", "https://www.example.com/"))
                .post("/v1/attributions");
        server().header("Referer", "https://news.example.org/item")
                .body(Map.of("user_id", campaign, "landing_page", "https://www.example.com/", "utm_source", "x"))
                .post("/v1/attributions");
        server().header("Referer", "https://app.example.com/signup")
                .body(Map.of("user_id", ownSite, "landing_page", "https://example.com/"))
                .post("/v1/attributions");

        record(direct).body("first_touch.referrer", equalTo("https://news.example.org/item"));
        record(campaign).body("first_touch.referrer", nullValue());
        record(ownSite).body("first_touch.referrer", nullValue());
    }

    @Test
    void correctsAClockThatIsWrong() {
        String user = newUser();
        Instant wrongNow = Instant.now().plus(300, ChronoUnit.DAYS);

        signUp(Map.of(
                        "user_id", user,
                        "sent_at", wrongNow.toString(),
                        "first_seen_at", wrongNow.minus(1, ChronoUnit.HOURS).toString()))
                .statusCode(201)
                .body(
                        "first_touch.first_seen_at",
                        startsWith(Instant.now()
                                .minus(1, ChronoUnit.HOURS)
                                .toString()
                                .substring(0, 12)));
    }

    @Test
    void acceptsASignedBodyFromAPageAsText() {
        String user = newUser();
        String body = "{\"user_id\":\"%s\",\"utm_source\":\"x\",\"signature\":\"%s\"}"
                .formatted(user, AttributionStack.sign(AttributionStack.OLD_SECRET, user));

        page().body(body)
                .post("/v1/attributions")
                .then()
                .statusCode(201)
                .header("Access-Control-Allow-Origin", equalTo(AttributionStack.ORIGIN))
                .body("trust", equalTo("signed"))
                .body("source", equalTo("browser"));
    }

    @Test
    void takesATouchFromUmamiFromAServerAlone() {
        String silent = newUser();
        String told = newUser();
        signUp(Map.of("user_id", silent)).statusCode(201).body("source", equalTo("server"));

        signUp(Map.of("user_id", silent, "utm_source", "podcast", "source", "umami"))
                .statusCode(200)
                .body("outcome", equalTo("upgraded"))
                .body("source", equalTo("umami"))
                .body("first_touch.utm_source", equalTo("podcast"));
        page().body("{\"user_id\":\"%s\",\"utm_source\":\"x\",\"source\":\"umami\",\"signature\":\"%s\"}"
                        .formatted(told, AttributionStack.sign(AttributionStack.SECRET, told)))
                .post("/v1/attributions")
                .then()
                .statusCode(201)
                .body("source", equalTo("browser"));
    }

    @Test
    void ignoresADatedSignupFromAPage() {
        String user = newUser();
        String body = "{\"user_id\":\"%s\",\"signed_up_at\":\"2020-01-01T00:00:00Z\",\"signature\":\"%s\"}"
                .formatted(user, AttributionStack.sign(AttributionStack.SECRET, user));

        page().body(body).post("/v1/attributions").then().statusCode(201).body("signed_up_at", not(startsWith("2020")));
    }

    @Test
    void linksTheUmamiSessionOfTheSignup() {
        String user = newUser();
        String website = UUID.randomUUID().toString();
        String session = UUID.randomUUID().toString();

        signUp(Map.of(
                        "user_id",
                        user,
                        "first_seen_at",
                        "2026-11-01T10:00:00Z",
                        "signed_up_at",
                        "2026-11-01T11:00:00Z",
                        "umami",
                        Map.of("website_id", website, "session_id", session)))
                .statusCode(201);

        segments(user)
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].session_id", equalTo(session))
                .body("items[0].kind", equalTo("before_login"))
                .body("items[0].from", equalTo("2026-11-01T09:59:55Z"))
                .body("items[0].until", equalTo("2026-11-01T11:00:05Z"))
                .body("items[0].shared", equalTo(false));
    }

    @Test
    void pagesThroughRecordsNewestFirst() {
        String campaign = newUser();
        for (int day = 1; day <= 5; day++) {
            signUp(Map.of(
                    "user_id", campaign + "-" + day,
                    "utm_campaign", campaign,
                    "signed_up_at", "2026-10-0" + day + "T00:00:00Z"));
        }

        String cursor = reader().queryParam("utm_campaign", campaign)
                .queryParam("limit", 3)
                .get("/v1/attributions")
                .then()
                .statusCode(200)
                .body("items.user_id", contains(campaign + "-5", campaign + "-4", campaign + "-3"))
                .extract()
                .path("next_cursor");
        reader().queryParam("utm_campaign", campaign)
                .queryParam("limit", 3)
                .queryParam("cursor", cursor)
                .get("/v1/attributions")
                .then()
                .body("items.user_id", contains(campaign + "-2", campaign + "-1"))
                .body("next_cursor", nullValue());
        reader().queryParam("utm_campaign", campaign)
                .queryParam("from", "2026-10-02T00:00:00Z")
                .queryParam("to", "2026-10-04T00:00:00Z")
                .get("/v1/attributions")
                .then()
                .body("items.user_id", contains(campaign + "-3", campaign + "-2"));
    }

    @Test
    void keepsOddButLegalUserIds() {
        for (String id : new String[] {"ü/ñ? %41'\"--", "a".repeat(255), "17"}) {
            String user = id.length() == 255 ? id : id + newUser();
            signUp(Map.of("user_id", user, "utm_source", "x")).statusCode(201);
            record(user).statusCode(200).body("user_id", equalTo(user));
        }
    }
}
