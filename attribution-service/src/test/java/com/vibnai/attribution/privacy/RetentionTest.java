package com.vibnai.attribution.privacy;

import static com.vibnai.attribution.Api.link;
import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.record;
import static com.vibnai.attribution.Api.segments;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.vibnai.attribution.AttributionStack;
import com.vibnai.attribution.SmallBounds;
import com.vibnai.attribution.platform.security.Issuers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@QuarkusTestResource(Issuers.class)
@TestProfile(SmallBounds.class)
class RetentionTest {

    private final DataSource database;

    RetentionTest(DataSource database) {
        this.database = database;
    }

    private static ValidatableResponse run(String body) {
        return given().header("Authorization", "Bearer " + Issuers.ADMIN_KEY)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/retention-runs")
                .then();
    }

    private static ValidatableResponse runs() {
        return given().header("Authorization", "Bearer " + Issuers.ADMIN_KEY)
                .get("/v1/retention-runs")
                .then()
                .statusCode(200);
    }

    private static String user(int daysAgo, String campaign) {
        String user = newUser();
        Instant at = Instant.now().minus(Duration.ofDays(daysAgo));
        signUp(Map.of(
                        "user_id",
                        user,
                        "signed_up_at",
                        at.toString(),
                        "utm_source",
                        "google",
                        "utm_campaign",
                        campaign,
                        "gclid",
                        "secret-click-" + user,
                        "referrer",
                        "https://www.google.com/search?q=" + user,
                        "landing_page",
                        "https://www.example.com/welcome?email=" + user))
                .statusCode(201);
        link(Map.of(
                "user_id",
                user,
                "website_id",
                UUID.randomUUID().toString(),
                "session_id",
                UUID.randomUUID().toString(),
                "kind",
                "identified"));
        server().body(Map.of(
                        "idempotency_key",
                        "order-" + user,
                        "user_id",
                        user,
                        "name",
                        "purchase",
                        "occurred_at",
                        at.toString(),
                        "value",
                        "12.50",
                        "currency",
                        "EUR",
                        "properties",
                        Map.of("order_id", "order-" + user)))
                .post("/v1/conversions")
                .then()
                .statusCode(201);
        return user;
    }

    private List<String> query(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static void waitUntilRunsAreOver() {
        Instant end = Instant.now().plusSeconds(60);
        while (runs().extract().<List<Map<String, Object>>>path("$").get(0).get("finished_at") == null) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("a run does not end");
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void anonymisesOldRecordsAndKeepsWhatReportsCount() throws SQLException {
        // Given
        String campaign = "campaign-" + UUID.randomUUID();
        List<String> old = List.of(
                user(400, campaign),
                user(500, campaign),
                user(600, campaign),
                user(700, campaign),
                user(800, campaign));
        String young = user(300, campaign);
        run("{\"days\": 365}").statusCode(200).body("dry_run", equalTo(true)).body("done", equalTo(0));
        record(old.get(0)).statusCode(200);

        // When
        run("{\"dry_run\": false}").statusCode(202).body("due", notNullValue());
        waitUntilRunsAreOver();

        // Then
        for (String user : old) {
            record(user).statusCode(404);
            segments(user).body("items", empty());
            assertThat(query("SELECT 1 FROM attributions AS held WHERE position('" + user + "' IN held::text) > 0"
                            + " UNION ALL SELECT 1 FROM conversions AS held WHERE position('" + user
                            + "' IN held::text) > 0 UNION ALL SELECT 1 FROM identity_links WHERE user_id = '" + user
                            + "'"))
                    .isEmpty();
        }
        record(young).statusCode(200).body("first_touch.click_ids.gclid", equalTo("secret-click-" + young));
        assertThat(query("SELECT count(*) FROM attributions WHERE utm_campaign = '" + campaign + "'"))
                .containsExactly("6");
        assertThat(query("SELECT sum(value) FROM conversions JOIN attributions USING (user_id) WHERE utm_campaign = '"
                        + campaign + "'"))
                .containsExactly("75.0000");
        assertThat(query("SELECT DISTINCT landing_page FROM attributions WHERE anonymised_at IS NOT NULL"))
                .containsExactly("https://www.example.com/welcome");
        runs().body("[0].dry_run", equalTo(false)).body("[0].finished_at", notNullValue());
    }

    @Test
    void anonymisesWhatNamesAUserWithoutARecord() throws SQLException {
        // Given
        String stranger = newUser();
        for (int daysAgo : List.of(300, 400)) {
            server().body(Map.of(
                            "idempotency_key",
                            daysAgo + "-" + stranger,
                            "user_id",
                            stranger,
                            "name",
                            "donation",
                            "occurred_at",
                            Instant.now().minus(Duration.ofDays(daysAgo)).toString()))
                    .post("/v1/conversions")
                    .then()
                    .statusCode(201);
            query(
                    "INSERT INTO identity_links (link_id, user_id, website_id, session_id, kind, occurred_at, trust, source)"
                            + " VALUES (gen_random_uuid(), '" + stranger
                            + "', gen_random_uuid(), gen_random_uuid(), 'session',"
                            + " now() - interval '" + daysAgo + " days', 'server', 'server') RETURNING link_id");
        }

        // When
        run("{\"dry_run\": false}").statusCode(202);
        waitUntilRunsAreOver();

        // Then
        assertThat(query("SELECT extract(day FROM now() - occurred_at)::integer FROM identity_links WHERE user_id = '"
                        + stranger + "'"))
                .containsExactly("300");
        assertThat(query("SELECT idempotency_key FROM conversions WHERE user_id = '" + stranger + "'"))
                .containsExactly("300-" + stranger);
        assertThat(query("SELECT count(*) FROM conversions WHERE name = 'donation' AND user_id LIKE 'anonymous-%'"))
                .containsExactly("1");
    }

    @Test
    void finishesWithNothingToDo() {
        run("{\"dry_run\": false}").statusCode(202);
        waitUntilRunsAreOver();
        run("{\"dry_run\": false}").statusCode(202).body("due", equalTo(0));
        waitUntilRunsAreOver();
    }

    @Test
    void leavesTheWorkToWhoeverIsAtIt() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(828001, 2)");

            assertThat(query("SELECT anonymise_records(now(), 1)")).containsExactly((String) null);
            connection.rollback();
        }
    }

    @Test
    void goesByTheConfiguredDaysAndNoOthers() {
        run("{\"dry_run\": false, \"days\": 1}").statusCode(409).body("type", equalTo("urn:vibn:problem:conflict"));
        run("{\"dry_run\": false, \"days\": 0}").statusCode(400).body("errors.field", contains("days"));
        run("[]").statusCode(400);
    }
}
