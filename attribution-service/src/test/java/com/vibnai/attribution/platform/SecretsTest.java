package com.vibnai.attribution.platform;

import static com.vibnai.attribution.Api.newUser;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.attribution.AttributionStack;
import com.vibnai.attribution.Sql;
import com.vibnai.attribution.platform.security.Issuers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Secrets that nobody asked for arrive in every place of every call, whether it succeeds, is refused, fails or finds the
 * database away. None is in an answer, in the log at its finest, in a metric or in the database afterwards.
 */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@QuarkusTestResource(Issuers.class)
class SecretsTest {

    private static final String MARK = "planted" + UUID.randomUUID().toString().replace("-", "");
    private static final Map<String, String> SECRETS = Map.of(
            "google_token", MARK + "-google",
            "password", MARK + "-password",
            "authorization", MARK + "-authorization",
            "email", MARK + "@example.com");

    private static final List<String> WRITES = List.of(
            "/v1/attributions",
            "/v1/identity-links",
            "/v1/conversions",
            "/v1/read-tokens",
            "/v1/retention-runs",
            "/v1/attributions/batch",
            "/v1/identity-links/batch",
            "/v1/conversions/batch");

    private static final List<String> READS = List.of(
            "/v1/attributions",
            "/v1/attributions/{id}",
            "/v1/conversions",
            "/v1/users/{id}/conversions",
            "/v1/users/{id}/identity-links",
            "/v1/users/{id}/data",
            "/v1/audit-log",
            "/v1/retention-runs");

    /** The message and the whole trace. */
    private static final PatternFormatter FORMAT = new PatternFormatter("%s%E");

    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private final List<Integer> statuses = new ArrayList<>();
    private final Logger ours = Logger.getLogger("com.vibnai");
    private final DataSource database;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            log.add(FORMAT.format(ExtLogRecord.wrap(line)));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    SecretsTest(DataSource database) {
        this.database = database;
    }

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        ours.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(handler);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(handler);
        ours.setLevel(null);
    }

    private static RequestSpecification with(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    /** A body that is right for every call, with secrets beside and inside. */
    private static JsonObject body() {
        JsonObject secrets = new JsonObject();
        SECRETS.forEach(secrets::put);
        return secrets.copy()
                .put("user_id", newUser())
                .put("utm_source", "google")
                .put("website_id", UUID.randomUUID().toString())
                .put("session_id", UUID.randomUUID().toString())
                .put("kind", "identified")
                .put("idempotency_key", UUID.randomUUID().toString())
                .put("name", "purchase")
                .put("occurred_at", "2026-11-24T12:00:00Z")
                .put("properties", secrets.copy().put("plan", "team"))
                .put("nested", secrets.copy());
    }

    private void answered(Response response) {
        statuses.add(response.statusCode());
        assertThat(response.asString()).doesNotContain(MARK);
        assertThat(response.headers().toString()).doesNotContain(MARK);
    }

    private void write(String key, String path, String body) {
        answered(with(key)
                .header("X-Password", MARK)
                .header("Cookie", "session=" + MARK)
                .contentType("application/json")
                .body(body)
                .post(path));
    }

    private void writeEverything() {
        for (String path : WRITES) {
            for (String key :
                    List.of(AttributionStack.SERVER_KEY, AttributionStack.READ_KEY, Issuers.ADMIN_KEY, MARK)) {
                boolean batch = path.endsWith("/batch");
                String right = batch ? new JsonArray().add(body()).encode() : body().encode();
                write(key, path, right);
                write(key, path, right.substring(0, right.length() - 3));
                write(key, path, "\"" + MARK + "\"");
                write(key, path, MARK);
                write(key, path, "");
                for (String field : List.of(
                        "user_id",
                        "kind",
                        "website_id",
                        "occurred_at",
                        "value",
                        "currency",
                        "first_seen_at",
                        "name",
                        "properties",
                        "last_touch",
                        "umami",
                        "sent_at")) {
                    JsonObject wrong = body().put(
                                    field,
                                    field.equals("user_id") || field.equals("name") ? new JsonArray().add(MARK) : MARK);
                    write(key, path, batch ? new JsonArray().add(wrong).encode() : wrong.encode());
                }
            }
            answered(given().queryParam("key", MARK).body(body().encode()).post(path));
            answered(given().header("Authorization", "Basic " + MARK)
                    .body(body().encode())
                    .post(path));
            answered(given().header("Authorization", "Bearer " + MARK + ".a.b")
                    .body(body().encode())
                    .post(path));
            answered(given().header("Origin", "https://" + MARK)
                    .body(body().encode())
                    .post(path));
        }
        JsonObject page = body().put("signature", MARK).put("token", MARK);
        for (String path : List.of("/v1/attributions", "/v1/identity-links")) {
            answered(given().header("Origin", AttributionStack.ORIGIN)
                    .queryParam("key", AttributionStack.PUBLISHABLE_KEY)
                    .contentType("text/plain")
                    .body(page.encode())
                    .post(path));
        }
    }

    private void readEverything() {
        String user = newUser();
        for (String path : READS) {
            Object[] parameters = path.contains("{id}") ? new Object[] {user} : new Object[0];
            for (String key : List.of(AttributionStack.READ_KEY, Issuers.ADMIN_KEY, MARK)) {
                answered(with(key).get(path, parameters));
                for (String name : List.of("cursor", "limit", "from", "password")) {
                    answered(with(key).queryParam(name, MARK).get(path, parameters));
                }
            }
        }
        answered(with(Issuers.ADMIN_KEY).queryParam("password", MARK).delete("/v1/users/{id}", user));
        answered(
                with(Issuers.ADMIN_KEY).queryParam("password", MARK).delete("/v1/identity-links/" + UUID.randomUUID()));
        answered(with(Issuers.ADMIN_KEY).delete("/v1/users/{id}", user));
    }

    /** Makes each write of a conversion fail with this SQLSTATE. */
    private void fail(String state) throws SQLException {
        Sql.execute(
                database,
                "CREATE FUNCTION fail_on_purpose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
                        + " 'on purpose' USING ERRCODE = '" + state + "'; END $$;"
                        + "CREATE TRIGGER fail_on_purpose BEFORE INSERT ON conversions FOR EACH STATEMENT"
                        + " EXECUTE FUNCTION fail_on_purpose()");
        try {
            write(AttributionStack.SERVER_KEY, "/v1/conversions", body().encode());
            write(
                    AttributionStack.SERVER_KEY,
                    "/v1/conversions/batch",
                    new JsonArray().add(body()).encode());
        } finally {
            Sql.execute(database, "DROP TRIGGER fail_on_purpose ON conversions; DROP FUNCTION fail_on_purpose()");
        }
    }

    private List<String> tablesWithTheMark() throws SQLException {
        List<String> tables = new ArrayList<>();
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet names = statement.executeQuery("SELECT table_name FROM information_schema.tables"
                    + " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " AS held WHERE position('"
                        + MARK + "' IN held::text) > 0 LIMIT 1")) {
                    if (rows.next()) {
                        found.add(table);
                    }
                }
            }
        }
        assertThat(tables).contains("attributions", "identity_links", "conversions", "audit_log");
        return found;
    }

    @Test
    void neverComeBack() throws SQLException {
        // When
        writeEverything();
        readEverything();
        fail("XX000");
        fail("53100");

        // Then
        assertThat(statuses).contains(200, 201, 204, 400, 401, 403, 404, 500, 503);
        assertThat(log).anyMatch(line -> line.contains("unexpected failure"));
        assertThat(log).noneMatch(line -> line.contains(MARK));
        assertThat(given().get(metrics).then().statusCode(200).extract().asString())
                .doesNotContain(MARK);
        assertThat(tablesWithTheMark()).isEmpty();
    }
}
