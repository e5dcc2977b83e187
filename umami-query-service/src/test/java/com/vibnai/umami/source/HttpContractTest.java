package com.vibnai.umami.source;

import static com.vibnai.umami.Api.get;
import static com.vibnai.umami.Api.newUser;
import static com.vibnai.umami.Api.reader;
import static com.vibnai.umami.source.UmamiRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.UmamiStack;
import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.source.EventSourceContract.World;
import com.vibnai.umami.source.api.ApiSite;
import com.vibnai.umami.source.database.DatabaseWorld;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is answered over HTTP is the same for four generations of Umami's schema, by its database and by its API. */
@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
class HttpContractTest {

    @Inject
    QueryConfig query;

    static Stream<Arguments> umamis() {
        return Stream.of(UmamiSchema.values())
                .flatMap(schema -> Stream.of(SourceConfig.Kind.values()).map(kind -> Arguments.of(schema, kind)));
    }

    @ParameterizedTest
    @MethodSource("umamis")
    void isTheSame(UmamiSchema schema, SourceConfig.Kind kind) {
        if (kind == SourceConfig.Kind.DATABASE) {
            try (DatabaseWorld umami = new DatabaseWorld(schema, Map.of())) {
                holds(umami.world(), kind);
            }
        } else {
            try (ApiSite umami = ApiSite.start(schema)) {
                holds(umami.world(query), kind);
            }
        }
    }

    private static void holds(World umami, SourceConfig.Kind kind) {
        QuarkusMock.installMockForType(umami.source(), EventSource.class);
        String user = newUser();
        UUID laptop = umami.rows().session();
        UUID phone = umami.rows().session(row("device", "mobile", "browser", "ios", "country", "FR"));
        umami.rows()
                .event(
                        laptop,
                        "2026-03-01T10:00:00Z",
                        row(
                                "url_path",
                                "/landing",
                                "url_query",
                                "utm_source=google&gclid=G",
                                "referrer_domain",
                                "google.com"));
        umami.rows().event(laptop, "2026-03-01T10:01:00Z", row("event_type", 2, "event_name", "cta"));
        umami.rows().event(laptop, "2026-03-01T10:01:01Z", row("event_type", 5));
        umami.rows().pageview(laptop, "2026-03-01T12:00:00Z", "/somebody-else");
        umami.rows().pageview(phone, "2026-03-02T10:00:00Z", "/pricing");
        umami.rows().pageview(phone, "2026-03-02T10:00:00Z", "/pricing");
        UmamiStack.attribution().segment(user, umami.rows().website, laptop, null, "2026-03-01T11:00:00Z", true);
        UmamiStack.attribution().segment(user, umami.rows().website, phone, null, null, false);
        UmamiStack.attribution().signUp(user, "2026-03-01T10:02:00Z");

        countsIn(user);
        pagesThrough(user);
        listsSessions(user, laptop, phone);
        readsTheFirstTouch(user, laptop);
        get(user, "profile")
                .statusCode(200)
                .body("first_touch_web_funnel.pageviews", equalTo(3))
                .body("live_click_trail.items.url_path", contains("/pricing", "/pricing", "/", "/landing"));
        reader().get("/v1/source")
                .then()
                .statusCode(200)
                .body("source", equalTo(kind.name().toLowerCase(Locale.ROOT)))
                .body("websites.website_id", hasItem(umami.rows().website.toString()));
        get(newUser(), "funnel").statusCode(200).body("pageviews", equalTo(0)).body("entry", nullValue());
        get(newUser(), "trail").statusCode(200).body("items", empty());
    }

    private static void countsIn(String user) {
        get(user, "funnel")
                .statusCode(200)
                .body("sessions", equalTo(2))
                .body("visits", equalTo(2))
                .body("pageviews", equalTo(3))
                .body("events", equalTo(1))
                .body("first_interaction_at", equalTo("2026-03-01T10:00:00Z"))
                .body("last_interaction_at", equalTo("2026-03-02T10:00:00Z"))
                .body("entry.url_path", equalTo("/landing"))
                .body("entry.utm_source", equalTo("google"))
                .body("entry.click_ids.gclid", equalTo("G"))
                .body("entry.referrer_domain", equalTo("google.com"))
                .body("entry.hostname", equalTo("www.example.com"))
                .body("seconds_to_signup", equalTo(120))
                .body("pageviews_before_signup", equalTo(1))
                .body("devices", contains("laptop", "mobile"))
                .body("countries", contains("DE", "FR"))
                .body("top_pages[0].url_path", equalTo("/pricing"))
                .body("truncated", equalTo(false))
                .body("identity.shared", equalTo(true))
                .body("identity.degraded", equalTo(false));
    }

    private static void pagesThrough(String user) {
        List<String> paths = new ArrayList<>();
        List<String> events = new ArrayList<>();
        String cursor = null;
        do {
            RequestSpecification asked = reader().queryParam("limit", 1);
            ExtractableResponse<Response> page = (cursor == null ? asked : asked.queryParam("cursor", cursor))
                    .get("/v1/users/{id}/trail", user)
                    .then()
                    .statusCode(200)
                    .extract();
            paths.addAll(page.path("items.url_path"));
            events.addAll(page.path("items.event_id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        assertThat(paths).containsExactly("/pricing", "/pricing", "/", "/landing");
        assertThat(events).doesNotHaveDuplicates();
        get(user, "trail")
                .body("items.type", contains("pageview", "pageview", "event", "pageview"))
                .body("items[0].device", equalTo("mobile"))
                .body("items[0].region", equalTo("BE"))
                .body("items[2].event_name", equalTo("cta"))
                .body("items.shared", contains(false, false, true, true));
    }

    private static void listsSessions(String user, UUID laptop, UUID phone) {
        get(user, "sessions")
                .statusCode(200)
                .body("items.session_id", contains(phone.toString(), laptop.toString()))
                .body("items.pageviews", contains(2, 1))
                .body("items.events", contains(0, 1))
                .body("items.browser", contains("ios", "chrome"));
    }

    private static void readsTheFirstTouch(String user, UUID laptop) {
        get(user, "first-touch")
                .statusCode(200)
                .body("first_touch.utm_source", equalTo("google"))
                .body("first_touch.referrer", equalTo("https://google.com/"))
                .body("first_touch.session_id", equalTo(laptop.toString()))
                .body("first_touch.direct", equalTo(false));
    }
}
