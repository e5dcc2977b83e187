package com.vibnai.umami.source.api;

import static com.vibnai.umami.Api.get;
import static com.vibnai.umami.Api.newUser;
import static com.vibnai.umami.Api.reader;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.vibnai.umami.UmamiStack;
import com.vibnai.umami.source.UmamiRows;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The whole service without a database of Umami's. */
@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
@QuarkusTestResource(value = ApiStack.class, restrictToAnnotatedClass = true)
class ApiServiceTest {

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    private final UmamiRows rows = new UmamiRows(ApiStack.database());

    @Test
    void answersWithTheSameContract() {
        String user = newUser();
        UUID session = rows.session();
        rows.event(
                session,
                "2026-11-01T10:00:00Z",
                UmamiRows.row(
                        "url_path", "/landing", "url_query", "utm_source=google", "referrer_domain", "google.com"));
        rows.pageview(session, "2026-11-01T10:01:00Z", "/pricing");
        UmamiStack.attribution().segment(user, rows.website, session, null, null, false);

        get(user, "profile")
                .statusCode(200)
                .body("first_touch_web_funnel.pageviews", equalTo(2))
                .body("first_touch_web_funnel.entry.utm_source", equalTo("google"))
                .body("live_click_trail.items.url_path", contains("/pricing", "/landing"))
                .body("live_click_trail.items[0].device", equalTo("laptop"))
                .body("live_click_trail.items[0].page_title", nullValue());
        get(user, "sessions").statusCode(200).body("items[0].pageviews", equalTo(2));
        get(user, "first-touch")
                .statusCode(200)
                .body("first_touch.utm_source", equalTo("google"))
                .body("first_touch.referrer", startsWith("https://google.com/"));
    }

    @Test
    void isReadyAndSaysWhatItIsWithoutADatabase() {
        given().get(ready).then().statusCode(200).body("status", equalTo("UP"));
        reader().get("/v1/source")
                .then()
                .statusCode(200)
                .body("source", equalTo("api"))
                .body("limits", hasItem(startsWith("page_title")))
                .body("limits", hasItem(startsWith("Funnels of the site")));
    }

    @Test
    void saysThatFunnelsOfTheSiteNeedTheDatabase() {
        for (String steps : List.of("step=visit&step=signup", "step=signup&step=conversion:*")) {
            reader().get("/v1/funnels?" + steps)
                    .then()
                    .statusCode(501)
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:vibn:problem:not-implemented"))
                    .body("detail", containsString("need Umami's database"));
        }
    }
}
