package com.vibnai.attribution.journey;

import static com.vibnai.attribution.Api.link;
import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class JourneyTest {

    private static final String FROM = "2021-03-01T00:00:00Z";
    private static final String UNTIL = "2021-05-01T00:00:00Z";

    private static Map<String, Object> session(UUID website, UUID session) {
        return Map.of("website_id", website, "session_id", session);
    }

    private static ValidatableResponse ofSessions(String query, List<Map<String, Object>> sessions) {
        return reader().contentType(ContentType.JSON)
                .body(sessions)
                .post("/v1/journeys/batch?from=" + FROM + "&until=" + UNTIL + query)
                .then();
    }

    private static void linked(String user, UUID website, UUID session, String from, String at) {
        link(Map.of(
                        "user_id",
                        user,
                        "website_id",
                        website,
                        "session_id",
                        session,
                        "kind",
                        "before_login",
                        "from",
                        from,
                        "occurred_at",
                        at))
                .statusCode(201);
    }

    private static void converted(String user, String name, String at) {
        server().body(Map.of("idempotency_key", UUID.randomUUID(), "user_id", user, "name", name, "occurred_at", at))
                .post("/v1/conversions")
                .then()
                .statusCode(201);
    }

    private static void signedUp(String user, String at) {
        signUp(Map.of(
                        "user_id",
                        user,
                        "signed_up_at",
                        at,
                        "utm_source",
                        "google",
                        "utm_medium",
                        "cpc",
                        "utm_campaign",
                        "spring"))
                .statusCode(201);
    }

    @Test
    void tellsWhoWasInTheSessionsAndWhatBecameOfThem() {
        // Given
        UUID website = UUID.randomUUID();
        UUID shared = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        String ada = newUser();
        String bob = newUser();
        linked(ada, website, shared, "2021-03-10T10:00:00Z", "2021-03-10T10:05:00Z");
        linked(bob, website, shared, "2021-03-10T11:00:00Z", "2021-03-10T11:05:00Z");
        linked(ada, website, second, "2021-03-11T10:00:00Z", "2021-03-11T10:05:00Z");
        signedUp(ada, "2021-03-10T10:05:00Z");
        converted(ada, "purchase", "2021-03-12T00:00:00.000001Z");
        converted(ada, "upgrade", "2021-03-13T00:00:00Z");
        converted(ada, "purchase", UNTIL);

        // When
        JsonPath found = ofSessions(
                        "&conversion=purchase",
                        List.of(
                                session(website, shared),
                                session(website, second),
                                session(website, UUID.randomUUID())))
                .statusCode(200)
                .body("items.user_id", containsInAnyOrder(ada, bob))
                .extract()
                .jsonPath();

        // Then
        found.setRootPath("items.find { it.user_id == '" + ada + "' }");
        assertThat(found.getString("signed_up_at")).isEqualTo("2021-03-10T10:05:00Z");
        assertThat(found.getString("channel")).isEqualTo("Paid Search");
        assertThat(found.getString("utm_campaign")).isEqualTo("spring");
        assertThat(found.getList("conversions.name")).containsExactly("purchase");
        assertThat(found.getString("conversions[0].occurred_at")).isEqualTo("2021-03-12T00:00:00.000001Z");
        assertThat(found.getBoolean("truncated")).isFalse();
        assertThat(found.getList("sessions.session_id"))
                .containsExactlyInAnyOrder(shared.toString(), second.toString());
        assertThat(found.getString("sessions.find { it.session_id == '" + shared + "' }.from"))
                .isEqualTo("2021-03-10T09:59:55Z");
        assertThat(found.getString("sessions.find { it.session_id == '" + shared + "' }.until"))
                .isEqualTo("2021-03-10T10:05:05Z");
        found.setRootPath("items.find { it.user_id == '" + bob + "' }");
        assertThat(found.getString("signed_up_at")).isNull();
        assertThat(found.getString("channel")).isNull();
        assertThat(found.getList("conversions")).isEmpty();
    }

    @Test
    void givesAllConversionsOrNone() {
        UUID website = UUID.randomUUID();
        UUID session = UUID.randomUUID();
        String user = newUser();
        linked(user, website, session, "2021-03-10T10:00:00Z", "2021-03-10T10:05:00Z");
        converted(user, "purchase", "2021-03-12T00:00:00Z");
        converted(user, "upgrade", "2021-03-11T00:00:00Z");

        ofSessions("&conversion=*", List.of(session(website, session)))
                .body("items[0].conversions.name", contains("upgrade", "purchase"));
        ofSessions("", List.of(session(website, session))).body("items[0].conversions", empty());
    }

    @Test
    void saysThatAUserHasMoreConversionsThanOneJourneyHolds() {
        UUID website = UUID.randomUUID();
        UUID session = UUID.randomUUID();
        String user = newUser();
        linked(user, website, session, "2021-03-10T10:00:00Z", "2021-03-10T10:05:00Z");
        List<Map<String, Object>> many = IntStream.rangeClosed(0, JourneyRepository.CONVERSIONS)
                .mapToObj(i -> Map.<String, Object>of(
                        "idempotency_key",
                        UUID.randomUUID(),
                        "user_id",
                        user,
                        "name",
                        "renewal",
                        "occurred_at",
                        "2021-03-12T00:00:00Z"))
                .toList();
        server().body(many).post("/v1/conversions/batch").then().statusCode(200);

        ofSessions("&conversion=renewal", List.of(session(website, session)))
                .body("items[0].conversions", hasSize(JourneyRepository.CONVERSIONS))
                .body("items[0].truncated", equalTo(true));
    }

    @Test
    void pagesThroughTheSignupsOfARange() {
        // Given
        String day = "2020-02-03T";
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String user = newUser();
            // Two at the same instant.
            signedUp(user, day + "10:0" + i / 2 + ":00Z");
            expected.add(user);
        }
        signedUp(newUser(), "2020-02-04T00:00:00Z");
        converted(expected.get(0), "purchase", "2020-02-20T00:00:00Z");

        // When
        List<String> found = pages("start=signup&conversion=purchase&from=" + day + "00:00:00Z"
                + "&to=2020-02-04T00:00:00Z&until=2020-03-01T00:00:00Z");

        // Then
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        reader().get("/v1/journeys?start=signup&conversion=purchase&from=2020-02-03T00:00:00Z"
                        + "&to=2020-02-04T00:00:00Z&until=2020-03-01T00:00:00Z")
                .then()
                .body("items.conversions.flatten().name", contains("purchase"))
                .body("items.channel.unique()", contains("Paid Search"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversion:renewal-of-2019", "conversion:*"})
    void namesEachUserOnceByTheFirstConversionOfTheRange(String start) {
        String ada = newUser();
        String bob = newUser();
        int year = start.endsWith("*") ? 2018 : 2019;
        converted(ada, "renewal-of-2019", year - 2 + "-03-01T00:00:00Z");
        converted(bob, "renewal-of-2019", year + "-03-01T00:00:00Z");
        converted(ada, "renewal-of-2019", year + "-03-02T00:00:00Z");
        converted(ada, "renewal-of-2019", year + "-03-02T00:00:00Z");
        converted(bob, "renewal-of-2019", year + "-03-03T00:00:00Z");
        converted(newUser(), "renewal-of-2019", year + "-04-01T00:00:00Z");

        assertThat(pages("start=" + start + "&conversion=*&from=" + year + "-03-01T00:00:00Z&to=" + year
                        + "-04-01T00:00:00Z&until=" + year + "-05-01T00:00:00Z"))
                .containsExactly(bob, ada);
    }

    private static List<String> pages(String query) {
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = reader().queryParam("limit", 2)
                    .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
                    .get("/v1/journeys?" + query)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("items.user_id"));
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "start, start=visit&from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z&until=2020-02-01T00:00:00Z",
        "start, from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z&until=2020-02-01T00:00:00Z",
        "from, start=signup&to=2020-02-01T00:00:00Z&until=2020-02-01T00:00:00Z",
        "to, start=signup&from=2020-01-01T00:00:00Z&until=2020-02-01T00:00:00Z",
        "until, start=signup&from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z&until=x",
        "until, start=signup&from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z&until=2020-01-01T00:00:00Z",
        "limit, start=signup&from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z&until=2020-02-01T00:00:00Z&limit=501",
        "cursor, start=signup&from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z&until=2020-02-01T00:00:00Z&cursor=x"
    })
    void namesTheFieldAtFault(String field, String query) {
        reader().get("/v1/journeys?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", contains(field));
    }

    @Test
    void refusesABatchWithASessionThatIsNone() {
        ofSessions("", List.of(Map.of("website_id", "x", "session_id", UUID.randomUUID())))
                .statusCode(400)
                .body("errors.field", contains("0.website_id"));
        ofSessions("", List.of(Map.of("session_id", UUID.randomUUID())))
                .statusCode(400)
                .body("errors.field", contains("0.website_id"));
        ofSessions("", List.of()).statusCode(400);
    }

    @Test
    void isForReadersAlone() {
        server().get("/v1/journeys?start=signup").then().statusCode(403);
        server().body("[]").post("/v1/journeys/batch").then().statusCode(403);
    }

    @Test
    void classifiesManyTouches() {
        reader().contentType(ContentType.JSON)
                .body("[{\"utm_source\":\"google\",\"utm_medium\":\"cpc\"},{\"utm_source\":5,\"referrer\":[]},{},"
                        + "{\"referrer\":\"https://news.ycombinator.com/\"}]")
                .post("/v1/channels/classify/batch")
                .then()
                .statusCode(200)
                .body("items.index", contains(0, 1, 2, 3))
                .body("items.status", contains(200, 400, 200, 200))
                .body("items[0].channel", equalTo("Paid Search"))
                .body("items[1].channel", nullValue())
                .body("items[1].errors.field", hasItem("utm_source"))
                .body("items[2].channel", equalTo("Direct"));
    }
}
