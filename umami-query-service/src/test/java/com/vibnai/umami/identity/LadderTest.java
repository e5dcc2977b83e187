package com.vibnai.umami.identity;

import static com.vibnai.umami.Api.get;
import static com.vibnai.umami.Api.newUser;
import static com.vibnai.umami.Api.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.umami.Api;
import com.vibnai.umami.AttributionStub;
import com.vibnai.umami.UmamiStack;
import com.vibnai.umami.source.UmamiRows;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a user's sessions are found, step by step, on an Umami 3.3 without extra indexes. */
@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class LadderTest {

    private UmamiRows rows;

    @BeforeEach
    void openUmami() {
        rows = new UmamiRows(UmamiStack.umami());
    }

    @AfterEach
    void attributionAnswersAgain() {
        UmamiStack.attribution().answer(200);
        UmamiStack.attribution().answerLinks(200);
        Api.awaitAttribution();
    }

    @Test
    void asksUmamisTablesOnlyAsFarAsItIsCheapWhenThereAreLinks() {
        String user = newUser();
        UUID session = rows.session();
        rows.pageview(session, "2026-03-01T10:00:00Z", "/linked");
        UmamiStack.attribution().segment(user, rows.website, session, null, null, false);

        get(user, "funnel")
                .statusCode(200)
                .body("sessions", equalTo(1))
                .body("identity.degraded", equalTo(false))
                .body("identity.degraded_reason", nullValue())
                .body("identity.truncated", equalTo(false))
                .body("identity.sources.name", contains("links", "session_link", "distinct_id", "session_data"))
                .body("identity.sources.status", contains("ran", "ran", "skipped", "skipped"))
                .body("identity.sources.sessions", contains(1, 0, 0, 0))
                .body("identity.sources[2].reason", containsString("found already"))
                .body("identity.sources[0].millis", greaterThanOrEqualTo(0));
    }

    @Test
    void findsWhatUmamiLinkedAndTellsAttributionService() throws InterruptedException {
        String user = newUser();
        UUID session = rows.session();
        rows.pageview(session, "2026-03-01T10:00:00Z", "/before-login");
        rows.pageview(session, "2026-03-03T10:00:00Z", "/after-login");
        rows.pageview(session, "2026-03-05T10:00:00Z", "/next-person");
        rows.sessionLink(session, user, "2026-03-02T00:00:00Z");
        rows.sessionLink(session, "next-person", "2026-03-04T00:00:00Z");

        get(user, "trail")
                .statusCode(200)
                .body("items.url_path", contains("/after-login", "/before-login"))
                .body("items.shared", contains(true, true))
                .body("identity.shared", equalTo(true))
                .body("identity.sources.sessions", contains(0, 1, 0, 0))
                .body("identity.sources.status", contains("ran", "ran", "skipped", "skipped"));
        get("next-person", "trail").body("items.url_path", contains("/next-person"));

        JsonObject link = UmamiStack.attribution().nextLink(user);
        assertThat(link).isNotNull();
        assertThat(link.getString("session_id")).isEqualTo(session.toString());
        assertThat(link.getString("website_id")).isEqualTo(rows.website.toString());
        assertThat(link.getString("kind")).isEqualTo("session");
        assertThat(link.getString("source")).isEqualTo("umami");
        assertThat(link.getString("occurred_at")).isEqualTo("2026-03-02T00:00:00Z");
        assertThat(link.containsKey("from")).isFalse();
    }

    @Test
    void scansForAUserOfWhomNothingCheaperKnows() throws InterruptedException {
        String user = newUser();
        UUID own = rows.session(UmamiRows.row("distinct_id", user));
        rows.pageview(own, "2026-03-01T10:00:00Z", "/own");

        get(user, "trail")
                .body("items.url_path", contains("/own"))
                .body("identity.sources.status", contains("ran", "ran", "ran", "skipped"));

        assertThat(UmamiStack.attribution().nextLink(user).getString("kind")).isEqualTo("identified");
    }

    @Test
    void findsUsersByWhatIdentifyWasTold() {
        String user = Integer.toString(1_000_000 + Math.abs(UUID.randomUUID().hashCode() % 1_000_000_000));
        UUID session = rows.session();
        rows.pageview(session, "2026-03-01T10:00:00Z", "/told");
        rows.sessionData(session, "userId", user + ".0000", "2026-03-02T10:00:00Z");

        get(user, "trail")
                .body("items.url_path", contains("/told"))
                .body("identity.sources.status", contains("ran", "ran", "ran", "ran"))
                .body("identity.sources.sessions", contains(0, 0, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 401, AttributionStub.SILENCE})
    void goesOnFromUmamiAloneWhenAttributionServiceCannotHelp(int status) {
        String user = newUser();
        UUID session = rows.session();
        rows.pageview(session, "2026-03-01T10:00:00Z", "/linked-by-umami");
        rows.sessionLink(session, user, "2026-03-02T00:00:00Z");
        UmamiStack.attribution().answer(status);

        get(user, "profile")
                .statusCode(200)
                .body("first_touch_web_funnel.pageviews", equalTo(1))
                .body("first_touch_web_funnel.signed_up_at", nullValue())
                .body("first_touch_web_funnel.identity.degraded", equalTo(true))
                .body("first_touch_web_funnel.identity.degraded_reason", containsString("attribution-service"))
                .body("first_touch_web_funnel.identity.sources[0].status", equalTo("failed"))
                .body("live_click_trail.items.url_path", contains("/linked-by-umami"));
    }

    @Test
    void leavesAttributionServiceAloneAfterItFailedOften() {
        UmamiStack.attribution().answer(500);
        String reason = "";
        for (int i = 0; i < 200 && !reason.contains("left alone"); i++) {
            reason = get(newUser(), "funnel").statusCode(200).extract().path("identity.degraded_reason");
        }

        assertThat(reason).contains("left alone");
    }

    @Test
    void answersAllTheSameWhenLinksCannotBePushed() throws InterruptedException {
        String user = newUser();
        UUID session = rows.session();
        rows.pageview(session, "2026-03-01T10:00:00Z", "/a");
        rows.sessionLink(session, user, "2026-03-02T00:00:00Z");
        UmamiStack.attribution().answerLinks(503);

        get(user, "funnel").statusCode(200).body("pageviews", equalTo(1));

        UmamiStack.attribution().answerLinks(200);
        JsonObject pushed = null;
        for (int i = 0; i < 5 && pushed == null; i++) {
            get(user, "funnel").statusCode(200);
            pushed = UmamiStack.attribution().nextLink(user);
        }
        assertThat(pushed).as("told again by a later answer").isNotNull();
    }

    @Test
    void tellsNobodyForSecondsThatTheyWereNeverHere() {
        String user = newUser();
        UUID session = rows.session();
        rows.pageview(session, "2026-03-01T10:00:00Z", "/fresh");
        get(user, "funnel").body("pageviews", equalTo(0)).body("signed_up_at", nullValue());

        UmamiStack.attribution().segment(user, rows.website, session, null, null, false);
        get(user, "funnel").body("pageviews", equalTo(1)).body("signed_up_at", nullValue());

        UmamiStack.attribution().signUp(user, "2026-03-01T10:05:00Z");
        get(user, "funnel").body("signed_up_at", equalTo("2026-03-01T10:05:00Z"));
    }

    @Test
    void asksOnceForAConsoleThatShowsAllParts() {
        String user = newUser();
        UUID session = rows.session();
        rows.pageview(session, "2026-03-01T10:00:00Z", "/a");
        UmamiStack.attribution().segment(user, rows.website, session, null, null, false);
        UmamiStack.attribution().signUp(user, "2026-03-01T10:05:00Z");

        for (int i = 0; i < 20; i++) {
            get(user, "funnel").body("pageviews", equalTo(1));
        }

        // Five seconds later it asks anew, so a slow machine may see some more than one.
        assertThat(UmamiStack.attribution().asked(user)).isLessThan(20);
    }

    @Test
    void keepsToTheWebsiteAndTheTimeThatAreAskedFor() {
        String user = newUser();
        UUID console = UUID.randomUUID();
        rows.addWebsite(console, "console");
        UUID landing = rows.session();
        UUID app = rows.session(UmamiRows.row("website_id", console));
        rows.pageview(landing, "2026-03-01T10:00:00Z", "/landing");
        rows.pageview(landing, "2026-03-03T10:00:00Z", "/landing-again");
        rows.event(app, "2026-03-02T10:00:00Z", UmamiRows.row("url_path", "/app", "website_id", console));
        UmamiStack.attribution().segment(user, rows.website, landing, null, null, false);
        UmamiStack.attribution().segment(user, console, app, null, null, false);

        get(user, "trail").body("items.url_path", contains("/landing-again", "/app", "/landing"));
        reader().queryParam("website_id", console.toString())
                .get("/v1/users/{id}/trail", user)
                .then()
                .body("items.url_path", contains("/app"));
        for (String part : new String[] {"funnel", "sessions", "trail", "profile"}) {
            reader().queryParam("from", "2026-03-03T10:00:00Z")
                    .queryParam("to", "2026-03-03T10:00:00.000001Z")
                    .get("/v1/users/{id}/{part}", user, part)
                    .then()
                    .statusCode(200);
        }
        reader().queryParam("from", "2026-03-01T10:00:00Z")
                .queryParam("to", "2026-03-03T10:00:00Z")
                .get("/v1/users/{id}/funnel", user)
                .then()
                .body("pageviews", equalTo(2))
                .body("sessions", equalTo(2));
    }

    @Test
    void pagesThroughSessions() {
        String user = newUser();
        for (int i = 1; i <= 3; i++) {
            UUID session = rows.session();
            rows.pageview(session, "2026-03-0" + i + "T10:00:00Z", "/" + i);
            UmamiStack.attribution().segment(user, rows.website, session, null, null, false);
        }

        String cursor = reader().queryParam("limit", 2)
                .get("/v1/users/{id}/sessions", user)
                .then()
                .statusCode(200)
                .body("items.last_at", contains("2026-03-03T10:00:00Z", "2026-03-02T10:00:00Z"))
                .extract()
                .path("next_cursor");
        reader().queryParam("limit", 2)
                .queryParam("cursor", cursor)
                .get("/v1/users/{id}/sessions", user)
                .then()
                .body("items.last_at", contains("2026-03-01T10:00:00Z"))
                .body("next_cursor", nullValue());
    }

    @Test
    void showsEventDataOnRequest() {
        String user = newUser();
        UUID session = rows.session();
        UUID event = rows.event(session, "2026-03-01T10:00:00Z", UmamiRows.row("event_type", 2, "event_name", "buy"));
        rows.eventData(event, "plan", 1, UmamiRows.row("string_value", "pro"));
        rows.pageview(session, "2026-03-01T09:00:00Z", "/bare");
        UmamiStack.attribution().segment(user, rows.website, session, null, null, false);

        get(user, "trail").body("items[0].containsKey('event_data')", equalTo(false));
        reader().queryParam("include", "event_data")
                .get("/v1/users/{id}/trail", user)
                .then()
                .body("items[0].event_data.plan", equalTo("pro"))
                .body("items[1].event_data", equalTo(Map.of()));
    }

    @Test
    void saysWhatTheSourceIs() {
        reader().get("/v1/source")
                .then()
                .statusCode(200)
                .body("source", equalTo("database"))
                .body("versions", equalTo("3.3 or later"))
                .body("ways.cost", contains("cheap", "scan", "scan"))
                .body("indexes.present", contains(true, false, false))
                .body(
                        "indexes[1].statement",
                        containsString("CREATE INDEX CONCURRENTLY ON session (website_id, distinct_id)"))
                .body("tables.session_link", contains("created_at", "distinct_id", "session_id", "website_id"))
                .body("follower.status", equalTo("off"));
    }
}
