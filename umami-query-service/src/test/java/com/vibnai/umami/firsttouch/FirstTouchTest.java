package com.vibnai.umami.firsttouch;

import static com.vibnai.umami.Api.get;
import static com.vibnai.umami.Api.newUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.umami.History;
import com.vibnai.umami.UmamiStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class FirstTouchTest {

    private final History history = new History();
    private final UUID visit = UUID.randomUUID();

    private UUID sessionOf(String user, String from, String until) {
        UUID session = history.session("laptop", "chrome", "DE");
        UmamiStack.attribution().segment(user, history.website, session, from, until, false);
        return session;
    }

    @Test
    void readsTheTouchOffTheFirstEvent() {
        String user = newUser();
        UUID session = sessionOf(user, null, null);
        UUID landing = history.event(
                session,
                visit,
                "2026-11-01T10:00:00Z",
                "/pricing",
                "utm_source=twitter&utm_term=a%20b&gclid=G",
                1,
                null);
        history.event(session, visit, "2026-11-01T11:00:00Z", "/", "utm_source=google", 1, null);

        get(user, "first-touch")
                .statusCode(200)
                .body("user_id", equalTo(user))
                .body("first_touch.utm_source", equalTo("twitter"))
                .body("first_touch.utm_term", equalTo("a b"))
                .body("first_touch.utm_medium", nullValue())
                .body("first_touch.click_ids.gclid", equalTo("G"))
                .body("first_touch.referrer", equalTo("https://t.co/"))
                .body(
                        "first_touch.landing_page",
                        equalTo("https://example.com/pricing?utm_source=twitter&utm_term=a%20b&gclid=G"))
                .body("first_touch.first_seen_at", equalTo("2026-11-01T10:00:00Z"))
                .body("first_touch.direct", equalTo(false))
                .body("first_touch.source", equalTo("umami"))
                .body("first_touch.session_id", equalTo(session.toString()))
                .body("first_touch.event_id", equalTo(landing.toString()))
                .body("identity.sources[0].name", equalTo("links"));
    }

    @Test
    void saysThatTheFirstEventIsDirectWhenAllAre() {
        String user = newUser();
        UUID session = sessionOf(user, null, null);
        history.pageview(session, visit, "2026-11-01T10:00:00Z", "/first");
        history.pageview(session, visit, "2026-11-01T10:01:00Z", "/second");

        get(user, "first-touch")
                .body("first_touch.direct", equalTo(true))
                .body("first_touch.landing_page", equalTo("https://example.com/first"))
                .body("first_touch.referrer", nullValue())
                .body("first_touch.click_ids", anEmptyMap());
    }

    @Test
    void prefersTheFirstEventThatIsNotDirectInWhateverSession() {
        String user = newUser();
        UUID phone = sessionOf(user, null, null);
        UUID laptop = sessionOf(user, null, null);
        history.pageview(phone, visit, "2026-11-01T10:00:00Z", "/");
        history.event(phone, visit, "2026-11-03T10:00:00Z", "/", "utm_source=later", 1, null);
        history.event(laptop, visit, "2026-11-02T10:00:00Z", "/ad", "utm_medium=cpc", 1, null);

        get(user, "first-touch")
                .body("first_touch.direct", equalTo(false))
                .body("first_touch.utm_medium", equalTo("cpc"))
                .body("first_touch.landing_page", equalTo("https://example.com/ad?utm_medium=cpc"));
    }

    @Test
    void looksOnlyAtWhatIsTheUsersAndBeforeTheSignup() {
        String user = newUser();
        UUID session = sessionOf(user, "2026-11-01T10:00:00Z", "2026-11-01T12:00:00Z");
        history.event(session, visit, "2026-11-01T09:59:59Z", "/", "utm_source=of-somebody-else", 1, null);
        history.pageview(session, visit, "2026-11-01T10:30:00Z", "/own");
        history.event(session, visit, "2026-11-01T11:30:00Z", "/", "utm_source=newsletter", 1, null);
        UmamiStack.attribution().signUp(user, "2026-11-01T11:00:00Z");

        get(user, "first-touch")
                .body("first_touch.direct", equalTo(true))
                .body("first_touch.landing_page", equalTo("https://example.com/own"));
    }

    @Test
    void hasNothingToSayOfAUserWhoWasNeverSeen() {
        String user = newUser();
        sessionOf(user, null, null);

        get(newUser(), "first-touch").statusCode(200).body("first_touch", nullValue());
        get(user, "first-touch").statusCode(200).body("first_touch", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "t.co, example.com, true",
        "t.co, , true",
        "example.com, example.com, false",
        "www.example.com, example.com, false",
        "example.com, app.example.com, false",
        "docs.example.com, WWW.example.com, false",
        "notexample.com, example.com, true",
        "accounts.google.com, example.com, false",
        "tenant.auth0.com, example.com, false",
        "google.com, example.com, true",
        ", example.com, false"
    })
    void tellsReferrersFromOwnHostsAndIntermediaries(String domain, String hostname, boolean external) {
        assertThat(ReferrerDomain.isExternal(domain, hostname)).isEqualTo(external);
    }
}
