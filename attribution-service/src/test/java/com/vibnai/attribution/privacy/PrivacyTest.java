package com.vibnai.attribution.privacy;

import static com.vibnai.attribution.Api.link;
import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.record;
import static com.vibnai.attribution.Api.segments;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import com.vibnai.attribution.AttributionStack;
import com.vibnai.attribution.platform.security.Issuers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@QuarkusTestResource(Issuers.class)
class PrivacyTest {

    private final DataSource database;

    PrivacyTest(DataSource database) {
        this.database = database;
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + Issuers.ADMIN_KEY);
    }

    private static ValidatableResponse data(String user) {
        return admin().get("/v1/users/{id}/data", user).then().statusCode(200);
    }

    private static ValidatableResponse erase(String user) {
        return admin().delete("/v1/users/{id}", user).then();
    }

    private static Map<String, Object> linkBody(String user) {
        return Map.of(
                "user_id",
                user,
                "website_id",
                UUID.randomUUID().toString(),
                "session_id",
                UUID.randomUUID().toString(),
                "kind",
                "identified");
    }

    private static Map<String, Object> conversionBody(String user) {
        return Map.of(
                "idempotency_key",
                UUID.randomUUID().toString(),
                "user_id",
                user,
                "name",
                "purchase",
                "occurred_at",
                "2026-11-24T12:00:00Z");
    }

    private static ValidatableResponse convert(String user) {
        return server().body(conversionBody(user)).post("/v1/conversions").then();
    }

    /** A user of whom everything is held that can be: a replaced touch, a link in force, one taken back, a conversion. */
    private static String wholeUser() {
        String user = newUser();
        signUp(Map.of("user_id", user, "landing_page", "https://www.example.com/direct"));
        signUp(Map.of("user_id", user, "utm_source", "google"));
        link(linkBody(user));
        link(linkBody(user));
        String id = segments(user).extract().path("items[0].link_id");
        admin().queryParam("reason", "wrong").delete("/v1/identity-links/{id}", id);
        convert(user).statusCode(201);
        return user;
    }

    private long rowsWith(String text) throws SQLException {
        long rows = 0;
        try (Connection connection = database.getConnection();
                PreparedStatement tables = connection.prepareStatement(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()");
                ResultSet names = tables.executeQuery()) {
            while (names.next()) {
                try (PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM " + names.getString(1)
                        + " AS held WHERE position(? IN held::text) > 0")) {
                    count.setString(1, text);
                    try (ResultSet counted = count.executeQuery()) {
                        counted.next();
                        rows += counted.getLong(1);
                    }
                }
            }
        }
        return rows;
    }

    @Test
    void handsOutAllThatIsHeld() {
        String user = wholeUser();

        data(user)
                .body("user_id", equalTo(user))
                .body("data.attributions.utm_source", contains("google"))
                .body("data.attributions[0].replaced_touch.landing_page", equalTo("https://www.example.com/direct"))
                .body("data.identity_links.size()", equalTo(2))
                .body("data.identity_links.unlinked_because", hasItem("wrong"))
                .body("data.conversions.name", contains("purchase"));
        data(newUser()).body("data.attributions", empty()).body("data.conversions", empty());
    }

    @Test
    void erasesAllOfIt() throws SQLException {
        String user = wholeUser();
        assertThat(rowsWith(user)).isGreaterThanOrEqualTo(4);

        erase(user).statusCode(204);
        erase(user).statusCode(204);

        assertThat(rowsWith(user)).isZero();
        record(user).statusCode(404);
        data(user).body("data.attributions", empty()).body("data.identity_links", empty());
    }

    @Test
    void leavesOthersAlone() {
        String user = wholeUser();
        String other = wholeUser();

        erase(user).statusCode(204);

        data(other).body("data.attributions.size()", equalTo(1)).body("data.identity_links.size()", equalTo(2));
        signUp(Map.of("user_id", newUser())).statusCode(201);
    }

    @Test
    void refusesLateWrites() throws SQLException {
        String user = wholeUser();
        erase(user);

        List<ValidatableResponse> answers =
                new ArrayList<>(List.of(signUp(Map.of("user_id", user)), link(linkBody(user)), convert(user)));
        answers.add(page().body(new JsonObject(Map.of(
                                "user_id", user, "signature", AttributionStack.sign(AttributionStack.SECRET, user)))
                        .encode())
                .post("/v1/attributions")
                .then());

        answers.forEach(answer -> answer.statusCode(410)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:vibn:problem:gone")));
        assertThat(rowsWith(user)).isZero();
    }

    @Test
    void refusesOnlyTheErasedUserOfABatch() {
        String erased = wholeUser();
        erase(erased);
        List<String> users = List.of(newUser(), erased, newUser(), newUser(), erased);

        server().body(new JsonArray(
                                users.stream().map(PrivacyTest::conversionBody).toList())
                        .encode())
                .post("/v1/conversions/batch")
                .then()
                .body("items.status", contains(201, 410, 201, 201, 410));
        server().body(new JsonArray(users.stream()
                                .map(user -> Map.of("user_id", user))
                                .toList())
                        .encode())
                .post("/v1/attributions/batch")
                .then()
                .body("items.status", contains(201, 410, 201, 201, 410));
        server().body(new JsonArray(users.stream().map(PrivacyTest::linkBody).toList()).encode())
                .post("/v1/identity-links/batch")
                .then()
                .body("items.status", contains(201, 410, 201, 201, 410));
    }

    @Test
    void letsNoWriteSlipPastAnErasure() throws SQLException {
        for (int round = 0; round < 5; round++) {
            // Given
            String user = newUser();

            // When
            List<CompletableFuture<Integer>> calls = IntStream.range(0, 24)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> switch (i) {
                        case 10 -> erase(user).extract().statusCode();
                        case 9 -> signUp(Map.of("user_id", user)).extract().statusCode();
                        default ->
                            i % 2 == 0
                                    ? convert(user).extract().statusCode()
                                    : link(linkBody(user)).extract().statusCode();
                    }))
                    .toList();
            List<Integer> statuses = calls.stream().map(CompletableFuture::join).toList();

            // Then
            assertThat(statuses).isSubsetOf(200, 201, 204, 410);
            assertThat(rowsWith(user)).isZero();
        }
    }

    @Test
    void letsAUserBackInWhenTheBlockIsOver() throws SQLException {
        String user = newUser();
        try (Connection connection = database.getConnection();
                PreparedStatement erase = connection.prepareStatement("SELECT erase_user(?, interval '0')")) {
            erase.setString(1, user);
            erase.execute();
        }

        signUp(Map.of("user_id", user)).statusCode(201);
    }

    @Test
    void keepsALogOfAdministratorsWithoutPersonalData() throws SQLException {
        // Given
        String user = wholeUser();
        String other = wholeUser();

        // When
        data(user);
        erase(user);
        reader().delete("/v1/users/{id}", user).then().statusCode(403);
        erase(other);

        // Then
        admin().queryParam("user_id", user)
                .get("/v1/audit-log")
                .then()
                .statusCode(200)
                .body("items.action", contains("erase_user", "erase_user", "read_user_data"))
                .body("items.status", contains(403, 204, 200))
                .body("items.actor", contains("reader", "admin", "admin"))
                .body("items.subject", everyItem(matchesPattern("[0-9a-f]{64}")));
        assertThat(rowsWith(user)).isZero();
    }

    @Test
    void pagesThroughTheLog() {
        String user = newUser();
        for (int i = 0; i < 5; i++) {
            data(user);
        }

        List<Integer> seen = new ArrayList<>();
        String cursor = null;
        do {
            RequestSpecification request = admin().queryParam("user_id", user).queryParam("limit", 2);
            var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/v1/audit-log")
                    .then()
                    .statusCode(200)
                    .extract();
            seen.addAll(page.path("items.audit_id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);

        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b - a);
        admin().queryParam("cursor", "x").get("/v1/audit-log").then().statusCode(400);
    }

    @Test
    void isForAdministratorsOnly() {
        String user = newUser();
        for (String key : List.of(AttributionStack.SERVER_KEY, AttributionStack.READ_KEY)) {
            for (String path : List.of("/v1/users/" + user + "/data", "/v1/audit-log", "/v1/retention-runs")) {
                given().header("Authorization", "Bearer " + key)
                        .get(path)
                        .then()
                        .statusCode(403);
            }
            given().header("Authorization", "Bearer " + key)
                    .delete("/v1/users/{id}", user)
                    .then()
                    .statusCode(403);
        }
        given().get("/v1/users/{id}/data", user).then().statusCode(401);
        server().body("{}").post("/v1/retention-runs").then().statusCode(403);
    }

    @Test
    void neverFailsOnTextThatCannotBeStored() {
        admin().get("/v1/users/a%00b/data").then().statusCode(200);
        given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + Issuers.ADMIN_KEY)
                .get("/v1/users/a%00b/data")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }
}
