package com.vibnai.umami.trail;

import static com.vibnai.umami.Api.get;
import static com.vibnai.umami.Api.newUser;
import static com.vibnai.umami.Api.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.umami.History;
import com.vibnai.umami.UmamiStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class TrailTest {

    private final History history = new History();
    private final UUID visit = UUID.randomUUID();

    @Test
    void showsTheLatestEventFirstWithItsDevice() {
        String user = newUser();
        UUID laptop = history.session("laptop", "chrome", "DE");
        UUID phone = history.session("mobile", "ios", "FR");
        history.event(laptop, visit, "2026-11-01T10:00:00Z", "/", "utm_source=twitter", 1, null);
        history.event(laptop, visit, "2026-11-01T10:01:00Z", "/pricing", null, 2, "cta_click");
        history.event(laptop, visit, "2026-11-01T10:01:10Z", "/pricing", null, 5, null);
        history.pageview(phone, visit, "2026-11-01T10:00:30Z", "/docs");
        UmamiStack.attribution().segment(user, history.website, laptop, null, null, false);
        UmamiStack.attribution().segment(user, history.website, phone, null, null, true);

        get(user, "trail")
                .statusCode(200)
                .body("user_id", equalTo(user))
                .body("items.url_path", contains("/pricing", "/docs", "/"))
                .body("items.type", contains("event", "pageview", "pageview"))
                .body("items.event_name", contains("cta_click", null, null))
                .body("items.device", contains("laptop", "mobile", "laptop"))
                .body("items.browser", contains("chrome", "ios", "chrome"))
                .body("items.shared", contains(false, true, false))
                .body("items[2].url_query", equalTo("utm_source=twitter"))
                .body("items[2].referrer_domain", equalTo("t.co"))
                .body("items[2].occurred_at", equalTo("2026-11-01T10:00:00Z"))
                .body("items[2].hostname", equalTo("example.com"))
                .body("items[2].page_title", equalTo("Title"))
                .body("items[2].os", equalTo("Linux"))
                .body("items[2].screen", equalTo("1920x1080"))
                .body("items[2].city", equalTo("Berlin"))
                .body("next_cursor", nullValue());
    }

    @Test
    void showsEventsWhoseSessionHasNoRow() {
        String user = newUser();
        UUID session = UUID.randomUUID();
        history.pageview(session, visit, "2026-11-01T10:00:00Z", "/lost");
        UmamiStack.attribution().segment(user, history.website, session, null, null, false);

        get(user, "trail").body("items.url_path", contains("/lost")).body("items[0].device", nullValue());
    }

    @Test
    void losesAndDoublesNothingBetweenPagesWhereTimesAreEqual() {
        String user = newUser();
        List<String> written = new ArrayList<>();
        for (int s = 0; s < 3; s++) {
            UUID session = history.session("laptop", "chrome", "DE");
            UmamiStack.attribution().segment(user, history.website, session, null, null, false);
            for (int i = 0; i < 9; i++) {
                String at = "2026-11-01T10:00:0" + (i / 4) + ".123456Z";
                written.add(history.pageview(session, visit, at, "/" + i).toString());
            }
        }

        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            var request = reader().queryParam("limit", 4);
            var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/v1/users/{id}/trail", user)
                    .then()
                    .statusCode(200)
                    .extract();
            read.addAll(page.path("items.event_id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);

        assertThat(read).hasSize(27).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void showsFiftyUnlessAskedForMore() {
        String user = newUser();
        UUID session = history.session("laptop", "chrome", "DE");
        UmamiStack.attribution().segment(user, history.website, session, null, null, false);
        for (int i = 0; i < 60; i++) {
            history.pageview(session, visit, "2026-11-01T10:00:%02dZ".formatted(i), "/" + i);
        }

        get(user, "trail").body("items", hasSize(50));
        reader().queryParam("limit", 200)
                .get("/v1/users/{id}/trail", user)
                .then()
                .body("items", hasSize(60));
    }

    @Test
    void answersAnEmptyTrailForAUserWhoWasNeverSeen() {
        get(newUser(), "trail").statusCode(200).body("items", empty()).body("next_cursor", nullValue());
    }

    @Test
    void showsFunnelAndTrailTogether() {
        String user = newUser();
        UUID session = history.session("laptop", "chrome", "DE");
        history.pageview(session, visit, "2026-11-01T10:00:00Z", "/a");
        UmamiStack.attribution().segment(user, history.website, session, null, null, false);

        get(user, "profile")
                .statusCode(200)
                .body("user_id", equalTo(user))
                .body("first_touch_web_funnel.pageviews", equalTo(1))
                .body("live_click_trail.items.url_path", contains("/a"));
    }
}
