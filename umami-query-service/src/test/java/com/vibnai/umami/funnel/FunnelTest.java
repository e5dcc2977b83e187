package com.vibnai.umami.funnel;

import static com.vibnai.umami.Api.get;
import static com.vibnai.umami.Api.newUser;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.umami.History;
import com.vibnai.umami.UmamiStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class FunnelTest {

    private final History history = new History();
    private final UUID visit = UUID.randomUUID();

    @Test
    void countsWhatIsTheUsersAndNothingElse() {
        String user = newUser();
        UUID laptop = history.session("laptop", "chrome", "DE");
        UUID phone = history.session("mobile", "ios", "FR");
        UUID stranger = history.session("desktop", "firefox", "US");
        history.pageview(laptop, visit, "2026-11-01T09:00:00Z", "/before-the-segment");
        history.event(laptop, visit, "2026-11-01T10:00:00Z", "/", "utm_source=twitter&utm_term=a%20b", 1, null);
        history.pageview(laptop, visit, "2026-11-01T10:01:00Z", "/pricing");
        history.event(laptop, visit, "2026-11-01T10:01:30Z", "/pricing", null, 2, "cta_click");
        history.event(laptop, visit, "2026-11-01T10:01:31Z", "/pricing", null, 5, null);
        history.pageview(laptop, visit, "2026-11-01T10:02:00Z", "/signup");
        history.pageview(laptop, visit, "2026-11-01T10:30:00Z", "/after-the-segment");
        history.pageview(phone, UUID.randomUUID(), "2026-11-02T10:00:00Z", "/pricing");
        history.pageview(stranger, UUID.randomUUID(), "2026-11-02T10:00:00Z", "/stranger");
        UmamiStack.attribution()
                .segment(user, history.website, laptop, "2026-11-01T10:00:00Z", "2026-11-01T10:30:00Z", true);
        UmamiStack.attribution().segment(user, history.website, phone, null, null, false);
        UmamiStack.attribution().segment(user, history.website, UUID.randomUUID(), null, null, false);
        UmamiStack.attribution().signUp(user, "2026-11-01T10:02:05Z");

        get(user, "funnel")
                .statusCode(200)
                .body("user_id", equalTo(user))
                .body("sessions", equalTo(2))
                .body("visits", equalTo(2))
                .body("pageviews", equalTo(4))
                .body("events", equalTo(1))
                .body("first_interaction_at", equalTo("2026-11-01T10:00:00Z"))
                .body("last_interaction_at", equalTo("2026-11-02T10:00:00Z"))
                .body("signed_up_at", equalTo("2026-11-01T10:02:05Z"))
                .body("seconds_to_signup", equalTo(125))
                .body("pageviews_before_signup", equalTo(3))
                .body("devices", contains("laptop", "mobile"))
                .body("browsers", contains("chrome", "ios"))
                .body("countries", contains("DE", "FR"))
                .body("top_pages.url_path", contains("/pricing", "/", "/signup"))
                .body("top_pages.pageviews", contains(2, 1, 1))
                .body("entry.url_path", equalTo("/"))
                .body("entry.utm_source", equalTo("twitter"))
                .body("entry.utm_term", equalTo("a b"))
                .body("entry.referrer_domain", equalTo("t.co"))
                .body("entry.hostname", equalTo("example.com"))
                .body("truncated", equalTo(false))
                .body("identity.shared", equalTo(true))
                .body("identity.sources[0].name", equalTo("links"))
                .body("identity.sources[0].sessions", equalTo(3));
    }

    @Test
    void answersZerosAndNullsForAUserWhoWasNeverSeen() {
        get(newUser(), "funnel")
                .statusCode(200)
                .body("sessions", equalTo(0))
                .body("pageviews", equalTo(0))
                .body("entry", nullValue())
                .body("first_interaction_at", nullValue())
                .body("signed_up_at", nullValue())
                .body("pageviews_before_signup", nullValue())
                .body("devices", empty());
    }

    @Test
    void answersTheSameForLinksToSessionsWithoutEvents() {
        String user = newUser();
        UmamiStack.attribution().segment(user, history.website, UUID.randomUUID(), null, null, false);
        UmamiStack.attribution().signUp(user, "2026-11-01T10:00:00Z");

        get(user, "funnel")
                .statusCode(200)
                .body("sessions", equalTo(0))
                .body("entry", nullValue())
                .body("seconds_to_signup", nullValue())
                .body("pageviews_before_signup", equalTo(0))
                .body("top_pages", empty());
    }

    @Test
    void listsSessionsWithTheUsersShareOfEach() {
        String user = newUser();
        UUID session = history.session("laptop", "chrome", "DE");
        history.pageview(session, visit, "2026-11-01T10:00:00Z", "/a");
        history.pageview(session, visit, "2026-11-01T11:00:00Z", "/b");
        UmamiStack.attribution().segment(user, history.website, session, null, "2026-11-01T10:30:00Z", true);

        get(user, "sessions")
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].session_id", equalTo(session.toString()))
                .body("items[0].pageviews", equalTo(1))
                .body("items[0].first_at", equalTo("2026-11-01T10:00:00Z"))
                .body("items[0].device", equalTo("laptop"))
                .body("items[0].region", equalTo("BE"))
                .body("items[0].shared", equalTo(true))
                .body("truncated", equalTo(false));
    }
}
