package com.vibnai.attribution.identity;

import static com.vibnai.attribution.Api.link;
import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.segments;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.attribution.AttributionStack;
import com.vibnai.attribution.SmallBounds;
import com.vibnai.attribution.platform.security.Issuers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches, bounds and links that are taken back. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@QuarkusTestResource(Issuers.class)
@TestProfile(SmallBounds.class)
class LinkAdministrationTest {

    private final String website = UUID.randomUUID().toString();
    private final MeterRegistry metrics;

    LinkAdministrationTest(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    private Map<String, Object> body(String user, String session, String kind, String at) {
        return new HashMap<>(
                Map.of("user_id", user, "website_id", website, "session_id", session, "kind", kind, "occurred_at", at));
    }

    private Map<String, Object> identified(String user, String session) {
        return body(user, session, "identified", "2026-11-01T10:00:00Z");
    }

    private static String newSession() {
        return UUID.randomUUID().toString();
    }

    private static ValidatableResponse batch(List<?> entries) {
        return server().body(new JsonArray(entries).encode())
                .post("/v1/identity-links/batch")
                .then();
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + Issuers.ADMIN_KEY);
    }

    private static ValidatableResponse unlink(String id) {
        return admin().queryParam("reason", "shared computer")
                .delete("/v1/identity-links/{id}", id)
                .then();
    }

    private static String linkOf(String user) {
        return segments(user).extract().path("items[0].link_id");
    }

    @Test
    void saysOfEachEntryOfABatchWhatBecameOfIt() {
        // Given
        String user = newUser();
        String known = newSession();
        String fresh = newSession();
        link(identified(user, known)).statusCode(201);
        Map<String, Object> found = identified(user, fresh);
        found.put("source", "umami");

        // When
        ValidatableResponse answer =
                batch(List.of(identified(user, known), found, Map.of("user_id", user), 7, identified(user, fresh)));

        // Then
        answer.statusCode(200)
                .body("items.index", contains(0, 1, 2, 3, 4))
                .body("items.status", contains(200, 201, 400, 400, 200))
                .body("items[2].errors.field", hasItem("website_id"));
        segments(user).body("items.find { it.session_id == '" + fresh + "' }.source", equalTo("umami"));
        segments(user).body("items.find { it.session_id == '" + known + "' }.source", equalTo("server"));
    }

    @Test
    void takesNoPagesWordForItsSource() {
        String user = newUser();
        JsonObject body = new JsonObject(identified(user, newSession()))
                .put("source", "umami")
                .put("signature", AttributionStack.sign(AttributionStack.SECRET, user));

        page().body(body.encode()).post("/v1/identity-links").then().statusCode(201);

        segments(user).body("items.source", contains("browser"));
    }

    @Test
    void isNotForPagesInBatches() {
        page().contentType("application/json")
                .body("[]")
                .post("/v1/identity-links/batch")
                .then()
                .statusCode(403);
        reader().contentType("application/json")
                .body("[]")
                .post("/v1/identity-links/batch")
                .then()
                .statusCode(403);
    }

    @Test
    void boundsTheLinksOfAUser() {
        String user = newUser();
        List<Map<String, Object>> links = IntStream.range(0, 4)
                .mapToObj(i -> identified(user, newSession()))
                .toList();
        batch(links).body("items.status", contains(201, 201, 201, 201));

        batch(List.of(identified(user, newSession()), identified(user, newSession()), links.get(0)))
                .body("items.status", contains(201, 409, 200));
        link(identified(user, newSession()))
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:conflict"));

        segments(user).body("items.size()", equalTo(5));
    }

    @Test
    void storesASignupWhoseLinkIsTooManyAndCountsTheLink() {
        // Given
        String session = newSession();
        for (int i = 0; i < 3; i++) {
            link(identified(newUser(), session)).statusCode(201);
        }
        double before = refused();
        String user = newUser();

        // When
        signUp(Map.of("user_id", user, "umami", Map.of("website_id", website, "session_id", session)))
                .statusCode(201);

        // Then
        segments(user).body("items.size()", equalTo(0));
        assertThat(refused()).isEqualTo(before + 1);
    }

    private double refused() {
        return metrics.counter("attribution.links.refused").count();
    }

    @Test
    void boundsTheUsersOfASession() {
        String session = newSession();
        String first = newUser();
        link(identified(first, session)).statusCode(201);
        link(identified(newUser(), session)).statusCode(201);
        link(identified(newUser(), session)).statusCode(201);

        link(identified(newUser(), session)).statusCode(409);

        link(body(first, session, "session", "2026-11-02T10:00:00Z")).statusCode(201);
    }

    @Test
    void givesBackWhatAWrongLinkTook() {
        // Given
        String ada = newUser();
        String bob = newUser();
        String session = newSession();
        link(body(ada, session, "session", "2026-11-01T10:00:00Z"));
        Object before = segments(ada).extract().path("items");
        link(body(bob, session, "session", "2026-11-01T11:00:00Z"));
        segments(ada).body("items[0].until", equalTo("2026-11-01T11:00:00Z")).body("items[0].shared", equalTo(true));

        // When
        unlink(linkOf(bob)).statusCode(204);

        // Then
        segments(ada).body("items", equalTo(before));
        segments(bob).body("items", empty());
    }

    @Test
    void takesALinkBackOnceAndForAll() {
        String user = newUser();
        Map<String, Object> body = identified(user, newSession());
        link(body);
        String id = linkOf(user);

        unlink(id).statusCode(204);
        unlink(id).statusCode(204);
        link(body).statusCode(200).body("created", equalTo(false));
        batch(List.of(body)).body("items.status", contains(200));

        segments(user).body("items", empty()).body("next_cursor", nullValue());
    }

    @Test
    void knowsNoOtherLinks() {
        unlink(UUID.randomUUID().toString()).statusCode(404).contentType("application/problem+json");
        unlink("no-uuid").statusCode(404);
    }

    @Test
    void wantsAReason() {
        String id = UUID.randomUUID().toString();

        for (String reason : new String[] {"", " ", "x".repeat(256), "a\0b"}) {
            admin().queryParam("reason", reason)
                    .delete("/v1/identity-links/{id}", id)
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("reason"));
        }
        admin().delete("/v1/identity-links/{id}", id).then().statusCode(400);
    }

    @Test
    void isForAdministratorsOnly() {
        for (RequestSpecification caller : List.of(server(), reader(), page())) {
            caller.queryParam("reason", "x")
                    .delete("/v1/identity-links/{id}", UUID.randomUUID())
                    .then()
                    .statusCode(403);
        }
    }
}
