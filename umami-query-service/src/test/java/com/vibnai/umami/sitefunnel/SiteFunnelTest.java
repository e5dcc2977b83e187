package com.vibnai.umami.sitefunnel;

import static com.vibnai.umami.Api.newUser;
import static com.vibnai.umami.Api.reader;
import static com.vibnai.umami.source.UmamiRows.row;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.umami.AttributionStub;
import com.vibnai.umami.UmamiStack;
import com.vibnai.umami.source.UmamiRows;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class SiteFunnelTest {

    private static final String RANGE = "&from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z";

    private final UmamiRows rows = new UmamiRows(UmamiStack.umami());

    @AfterEach
    void restore() {
        UmamiStack.attribution().answer(200);
    }

    private ValidatableResponse funnel(String query) {
        return reader().get("/v1/funnels?website_id=" + rows.website + RANGE + "&" + query)
                .then();
    }

    private JsonObject stretch(UUID session, String from, String until) {
        return new JsonObject()
                .put("website_id", rows.website.toString())
                .put("session_id", session.toString())
                .put("from", from)
                .put("until", until);
    }

    private static JsonObject journey(String user, JsonObject... sessions) {
        return new JsonObject()
                .put("user_id", user)
                .put("signed_up_at", null)
                .put("sessions", new JsonArray(Arrays.asList(sessions)))
                .put("conversions", new JsonArray())
                .put("truncated", false);
    }

    private static JsonObject conversion(String name, String at) {
        return new JsonObject().put("name", name).put("occurred_at", at);
    }

    @Test
    void countsVisitorsFromTheFirstPageToTheCustomer() {
        // Given: a user on two devices, one who only signs up, one who only looks, and one who goes the wrong way.
        UUID phone = rows.session();
        UUID laptop = rows.session();
        UUID second = rows.session();
        UUID looker = rows.session();
        UUID backwards = rows.session();
        rows.pageview(phone, "2026-03-02T10:00:00Z", "/");
        rows.pageview(laptop, "2026-03-03T10:00:00Z", "/pricing");
        rows.pageview(second, "2026-03-05T10:00:00Z", "/pricing");
        rows.pageview(looker, "2026-03-05T10:00:00Z", "/");
        rows.pageview(backwards, "2026-03-06T10:00:00Z", "/docs");
        UmamiStack.attribution()
                .journey(journey(newUser(), stretch(phone, null, null), stretch(laptop, null, null))
                        .put("signed_up_at", "2026-03-03T10:01:00Z")
                        .put("conversions", new JsonArray().add(conversion("purchase", "2026-04-01T10:00:00Z"))));
        UmamiStack.attribution()
                .journey(journey(newUser(), stretch(second, null, null)).put("signed_up_at", "2026-03-05T10:01:00Z"));
        UmamiStack.attribution()
                .journey(
                        journey(newUser(), stretch(backwards, null, null)).put("signed_up_at", "2026-03-06T09:00:00Z"));

        // When, then
        funnel("step=visit&step=path:/pricing&step=signup&step=conversion:*")
                .statusCode(200)
                .body("from", equalTo("2026-03-01T00:00:00Z"))
                .body("to", equalTo("2026-04-01T00:00:00Z"))
                .body("window_days", equalTo(30))
                .body("by", equalTo("none"))
                .body("steps.step", contains("visit", "path:/pricing", "signup", "conversion:*"))
                .body("steps.visitors", contains(4, 2, 2, 1))
                .body("steps.share_of_first", contains(1.0f, 0.5f, 0.5f, 0.25f))
                .body("steps.share_of_previous", contains(1.0f, 0.5f, 1.0f, 0.5f))
                .body("steps[0].median_seconds_from_previous", nullValue())
                .body("steps[1].median_seconds_from_previous", equalTo(0))
                .body("steps[2].median_seconds_from_previous", equalTo(60))
                .body("steps[3].median_seconds_from_previous", equalTo(29 * 86400 - 60))
                .body("groups", empty())
                .body("truncated", equalTo(false))
                .body("degraded", equalTo(false))
                .body("limits", empty());
        funnel("step=visit&step=conversion:purchase&window_days=29").body("steps.visitors", contains(4, 1));
        funnel("step=visit&step=conversion:purchase&window_days=28").body("steps.visitors", contains(4, 0));
        funnel("step=signup&step=conversion:purchase").body("steps.visitors[1]", equalTo(1));
    }

    @Test
    void groupsByWhereVisitorsCameFrom() {
        UUID known = rows.session();
        UUID paid = rows.session();
        UUID direct = rows.session();
        rows.pageview(known, "2026-03-02T10:00:00Z", "/");
        rows.event(
                paid, "2026-03-02T09:59:00Z", row("url_path", "/", "url_query", "utm_medium=cpc&utm_campaign=spring"));
        rows.pageview(paid, "2026-03-02T10:00:00Z", "/pricing");
        rows.pageview(direct, "2026-03-02T10:00:00Z", "/");
        rows.pageview(direct, "2026-03-02T10:01:00Z", "/pricing");
        UmamiStack.attribution()
                .journey(journey(newUser(), stretch(known, null, null))
                        .put("signed_up_at", "2025-03-02T10:00:00Z")
                        .put("channel", "Affiliates")
                        .put("utm_campaign", "partners"));

        funnel("step=visit&step=path:/pricing&by=channel")
                .statusCode(200)
                .body("by", equalTo("channel"))
                .body("groups.value", contains("Affiliates", "by cpc", "by nothing"))
                .body("groups[0].steps.visitors", contains(1, 0))
                .body("groups[0].steps[1].share_of_first", equalTo(0.0f))
                .body("groups[1].steps.visitors", contains(1, 1))
                .body("groups[1].steps[1].median_seconds_from_previous", equalTo(60));
        funnel("step=visit&step=path:/pricing&by=utm_campaign")
                .body("groups.value", contains("partners", "spring", null));
        funnel("step=path:/nothing&step=signup&by=channel")
                .body("steps.visitors", contains(0, 0))
                .body("steps[0].share_of_first", nullValue())
                .body("groups", empty());
    }

    @Test
    void givesASharedSessionToEachForTheirTime() {
        UUID shared = rows.session();
        rows.pageview(shared, "2026-03-02T10:00:00Z", "/a");
        rows.pageview(shared, "2026-03-02T11:00:00Z", "/b");
        rows.pageview(shared, "2026-03-02T12:00:00Z", "/b");
        UmamiStack.attribution().journey(journey(newUser(), stretch(shared, null, "2026-03-02T10:30:00Z")));
        UmamiStack.attribution()
                .journey(journey(newUser(), stretch(shared, "2026-03-02T10:30:00Z", "2026-03-02T11:30:00Z")));

        funnel("step=path:/a&step=path:/b").body("steps.visitors", contains(1, 0));
        funnel("step=visit&step=path:/b").body("steps.visitors", contains(3, 2));
    }

    @Test
    void takesPatternsAsTheyStand() {
        UUID session = rows.session();
        rows.pageview(session, "2026-03-02T10:00:00Z", "/100%_o'f\\f\"");
        UUID other = rows.session();
        rows.pageview(other, "2026-03-02T10:00:00Z", "/100 xo'f\\f\"");
        rows.event(other, "2026-03-02T10:00:00Z", row("event_type", 2, "event_name", "50%_'off'"));

        reader().queryParam("website_id", rows.website)
                .queryParam("from", "2026-03-01T00:00:00Z")
                .queryParam("to", "2026-03-10T00:00:00Z")
                .queryParam("step", "path:/100%_o'f\\f\"", "path:/100%_*")
                .get("/v1/funnels")
                .then()
                .body("steps.visitors", contains(1, 1));
        reader().queryParam("website_id", rows.website)
                .queryParam("from", "2026-03-01T00:00:00Z")
                .queryParam("to", "2026-03-10T00:00:00Z")
                .queryParam("step", "path:*'f*", "event:50%_'off'")
                .get("/v1/funnels")
                .then()
                .body("steps.visitors", contains(2, 1));
    }

    @Test
    void goesOnWithoutAttributionServiceAsFarAsUmamiKnows() {
        UUID session = rows.session();
        rows.pageview(session, "2026-03-02T10:00:00Z", "/");
        UmamiStack.attribution().answer(503);

        funnel("step=visit&step=signup&step=conversion:purchase&by=channel")
                .statusCode(200)
                .body("degraded", equalTo(true))
                .body("steps.step", contains("visit"))
                .body("steps[0].visitors", equalTo(1))
                .body("groups.value", contains(nullValue()))
                .body("limits", hasItem(containsString("attribution-service does not answer")))
                .body("limits", hasItem("The step signup is left out."))
                .body("limits", hasItem("The step conversion:purchase is left out."));
        funnel("step=signup&step=conversion:purchase")
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:vibn:problem:unavailable"));
    }

    @Test
    void refusesMoreFunnelsAtOnceThanItMayWorkOut() throws Exception {
        UUID session = rows.session();
        rows.pageview(session, "2026-03-02T10:00:00Z", "/");
        UmamiStack.attribution().answer(AttributionStub.SILENCE);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<CompletableFuture<Integer>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> funnel("step=visit&step=signup").extract().statusCode(), threads))
                .limit(3)
                .toList();

        Object first = CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new))
                .get(60, TimeUnit.SECONDS);
        UmamiStack.attribution().answer(200);

        assertThat(first).isEqualTo(429);
        assertThat(answers.stream().map(CompletableFuture::join))
                .containsOnlyOnce(429)
                .contains(200);
        threads.shutdown();
        funnel("step=visit&step=path:/x").statusCode(200);
    }

    @Test
    void looksAtTheLastThirtyDaysOfAllWebsites() {
        UmamiRows site = UmamiStack.site();
        String path = "/only-here-" + UUID.randomUUID();
        site.pageview(site.session(), Instant.now().minus(Duration.ofDays(29)).toString(), path);
        site.pageview(site.session(), Instant.now().minus(Duration.ofDays(31)).toString(), path);

        reader().get("/v1/funnels?step=path:" + path + "&step=signup")
                .then()
                .statusCode(200)
                .body("steps.visitors", contains(1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "step, step=visit",
        "step, by=none",
        "step, step=visit&step=visit",
        "step, step=visit&step=path:pricing",
        "step, step=path:/a&step=visit",
        "step, step=signup&step=path:/a",
        "step, step=conversion:x&step=event:x",
        "step, step=visit&step=event:",
        "step, step=visit&step=goal:x",
        "step, step=visit&step=path:/%00",
        "step, step=visit&step=path:/******",
        "step, step=1&step=2&step=3&step=4&step=5&step=6&step=7&step=8&step=9",
        "window_days, step=visit&step=signup&window_days=0",
        "window_days, step=visit&step=signup&window_days=91",
        "window_days, step=visit&step=signup&window_days=x",
        "by, step=visit&step=signup&by=utm_source",
        "website_id, step=visit&step=signup&website_id=x",
        "to, step=visit&step=signup&from=2026-03-01T00:00:00Z&to=2026-03-01T00:00:00Z",
        "from, step=visit&step=signup&from=2026-03-01T00:00:00Z&to=2026-06-02T00:00:00Z",
        "from, step=visit&step=signup&from=yesterday",
        "steps, step=visit&step=signup&steps=x"
    })
    void namesTheParameterAtFault(String field, String query) {
        reader().urlEncodingEnabled(false)
                .get("/v1/funnels?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", contains(field))
                .body("errors", hasSize(1));
    }

    @Test
    void isForReadersAlone() {
        given().get("/v1/funnels?step=visit&step=signup").then().statusCode(401);
        given().header("Authorization", "Bearer " + UmamiStack.INGEST_KEY)
                .get("/v1/funnels?step=visit&step=signup")
                .then()
                .statusCode(403);
    }
}
