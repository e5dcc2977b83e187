package com.vibnai.attribution.channel;

import static com.vibnai.attribution.Api.admin;
import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.record;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import com.vibnai.attribution.AttributionStack;
import com.vibnai.attribution.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class ChannelApiTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    AgroalDataSource database;

    @Test
    void explainsATouchAndStoresNothing() {
        reader().contentType("application/json")
                .body(Map.of("utm_source", "facebook", "utm_medium", "cpc", "utm_campaign", "x".repeat(300)))
                .post("/v1/channels/classify")
                .then()
                .statusCode(200)
                .body("channel", equalTo("Paid Social"))
                .body("channel_rule", equalTo("paid-social"))
                .body("channel_ruleset", containsString("ga4-"))
                .body("direct", equalTo(false))
                .body("tried.rule", contains("direct", "cross-network", "paid-shopping", "paid-search", "paid-social"))
                .body("tried.matched", contains(false, false, false, false, true))
                .body("tried[3].because", containsString("`facebook` is a social network, not a search engine"))
                .body("tried[4].because", containsString("medium `cpc` matches"))
                .body("adjustments.field", contains("utm_campaign"));
    }

    @Test
    void explainsToServersToo() {
        server().body("{}")
                .post("/v1/channels/classify")
                .then()
                .statusCode(200)
                .body("channel", equalTo("Direct"))
                .body("direct", equalTo(true));
        server().body("[]").post("/v1/channels/classify").then().statusCode(400);
        admin().contentType("application/json")
                .body("{}")
                .post("/v1/channels/classify")
                .then()
                .statusCode(403);
    }

    @Test
    void everyAnswerHasTheChannelItsRuleAndTheRules() {
        String user = newUser();

        signUp(Map.of("user_id", user, "gclid", "g", "last_touch", Map.of("utm_medium", "email")))
                .body("channel", equalTo("Paid Search"))
                .body("channel_rule", equalTo("paid-search"))
                .body("channel_ruleset", containsString("ga4-"))
                .body("last_channel", equalTo("Email"))
                .body("last_channel_rule", equalTo("email"))
                .body("last_channel_ruleset", containsString("ga4-"));
        record(user).body("channel", equalTo("Paid Search")).body("last_channel", equalTo("Email"));
        signUp(Map.of("user_id", user)).body("channel", equalTo("Paid Search"));
    }

    @Test
    void filtersByChannel() {
        String campaign = newUser();
        signUp(Map.of("user_id", newUser(), "utm_campaign", campaign, "utm_medium", "audio"));
        signUp(Map.of("user_id", newUser(), "utm_campaign", campaign, "utm_medium", "sms"));

        reader().queryParam("channel", "Audio")
                .queryParam("utm_campaign", campaign)
                .get("/v1/attributions")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items.channel", everyItem(is("Audio")));
    }

    @Test
    void classifiesAllRecordsAgain() throws Exception {
        Sql.execute(
                database,
                "INSERT INTO attributions (user_id, utm_source, utm_medium, click_ids, direct, trust, source, signed_up_at,"
                        + " last_touch) SELECT 'old-' || n, 'google', 'cpc', '{}', false, 'server', 'server', now(),"
                        + " '{\"utm_medium\": \"email\"}' FROM generate_series(1, 1200) AS n");

        admin().post("/v1/channels/reclassify").then().statusCode(202).body("state", equalTo("running"));
        JsonPath job = finished();

        assertThat(job.getString("state")).isEqualTo("done");
        assertThat(job.getLong("seen")).isGreaterThanOrEqualTo(1200).isEqualTo(job.getLong("total"));
        assertThat(job.getLong("changed")).isGreaterThanOrEqualTo(1200);
        assertThat(job.getString("requested_by")).isEqualTo("admin");
        for (String user : new String[] {"old-1", "old-600", "old-1200"}) {
            record(user)
                    .body("channel", equalTo("Paid Search"))
                    .body("channel_rule", equalTo("paid-search"))
                    .body("channel_ruleset", equalTo(job.getString("ruleset")))
                    .body("last_channel", equalTo("Email"))
                    .body("first_touch.utm_source", equalTo("google"));
        }
        admin().post("/v1/channels/reclassify").then().statusCode(202).body("total", equalTo(0));
        finished();
    }

    @Test
    void runsOneAtATimeAndLeavesATouchThatIsReplacedMeanwhileAlone() throws Exception {
        String user = newUser();
        signUp(Map.of("user_id", user)).body("channel", equalTo("Direct"));
        Sql.execute(
                database,
                "UPDATE attributions SET channel_ruleset = 'old', channel = 'Old' WHERE user_id = '" + user + "'");

        try (Connection upgrade = database.getConnection()) {
            upgrade.setAutoCommit(false);
            try (Statement statement = upgrade.createStatement()) {
                statement.execute("UPDATE attributions SET direct = false, utm_medium = 'sms', channel = 'Mine',"
                        + " replaced_touch = '{}', replaced_at = now(), replaced_because = 'x'"
                        + " WHERE user_id = '" + user + "'");
            }
            admin().post("/v1/channels/reclassify").then().statusCode(202);
            await(() -> count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND query LIKE 'UPDATE attributions AS stored%' AND datname = current_database()")
                    > 0);
            admin().post("/v1/channels/reclassify").then().statusCode(200).body("state", equalTo("running"));
            upgrade.commit();
        }

        finished();
        record(user).body("channel", equalTo("Mine")).body("channel_ruleset", equalTo("old"));
        Sql.execute(database, "DELETE FROM attributions WHERE user_id = '" + user + "'");
    }

    @Test
    void goesOnAfterAnInterruption() throws Exception {
        Sql.execute(
                database,
                "INSERT INTO channel_jobs (job_id, ruleset, requested_by, state, total, started_at)"
                        + " VALUES (gen_random_uuid(), 'x', 'gone', 'running', 5, now() - interval '1 hour')");

        admin().post("/v1/channels/reclassify").then().statusCode(202).body("requested_by", equalTo("admin"));

        finished();
        assertThat(count("SELECT count(*) FROM channel_jobs WHERE requested_by = 'gone' AND state = 'failed'"))
                .isEqualTo(1);
    }

    @Test
    void leavesReclassificationToAdmins() {
        server().post("/v1/channels/reclassify").then().statusCode(403);
        reader().post("/v1/channels/reclassify").then().statusCode(403);
        server().get("/v1/channels/reclassify").then().statusCode(403);
        reader().get("/v1/channels/reclassify").then().statusCode(403);
    }

    private JsonPath finished() throws Exception {
        await(() -> !latest().getString("state").equals("running"));
        return latest();
    }

    private static JsonPath latest() {
        return admin().get("/v1/channels/reclassify")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant giveUp = Instant.now().plus(LONG);
        while (!condition.call()) {
            assertThat(Instant.now()).isBefore(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
