package com.vibnai.testkit.umami;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every recorded exchange, replayed: the stand-in answers and stores as the real Umami 3.1.0 did. */
class ReplayTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestDatabase database;
    private static UmamiStandIn umami;
    /** Recorded id to produced id: a bijection if sessions and visits are the same and new where they were. */
    private static final Map<String, String> produced = new HashMap<>();

    private static final List<JsonNode> recorded = new ArrayList<>();
    private static final List<HttpResponse<String>> answered = new ArrayList<>();

    @BeforeAll
    static void replay() throws Exception {
        JsonNode recording = Recording.exchanges();
        database = TestPostgres.shared().createDatabase("replay");
        UmamiSchema.V3_1.create(database);
        UmamiSchema.addWebsite(
                database, UUID.fromString(recording.get("website_id").asText()), "Example", "example.test");
        umami = UmamiStandIn.start(UmamiStandIn.Options.on(database.jdbcUrl()));
        String token = "";
        for (JsonNode exchange : recording.get("exchanges")) {
            HttpResponse<String> answer = send(exchange.get("request"), token);
            recorded.add(exchange);
            answered.add(answer);
            JsonNode body = JSON.readTree(answer.body());
            if (body.has("cache")) {
                token = body.get("cache").asText();
            }
        }
    }

    @AfterAll
    static void stop() {
        umami.close();
        database.close();
    }

    private static HttpResponse<String> send(JsonNode request, String token) throws Exception {
        Map<String, Object> body = Map.of("type", request.get("type"), "payload", request.get("payload"));
        HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(umami.url() + "/api/send"))
                .header("content-type", "application/json")
                .header("user-agent", request.get("user_agent").asText())
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (!request.get("x_umami_cache").isNull()) {
            post.header("x-umami-cache", token);
        }
        return HTTP.send(post.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersWithTheRecordedStatuses() {
        assertThat(answered).hasSameSizeAs(recorded).hasSize(15);
        for (int i = 0; i < recorded.size(); i++) {
            assertThat(answered.get(i).statusCode())
                    .as(recorded.get(i).get("step").asText())
                    .isEqualTo(recorded.get(i).get("status").asInt());
        }
    }

    @Test
    void answersWithTheRecordedBodies() throws Exception {
        for (int i = 0; i < recorded.size(); i++) {
            JsonNode expected = recorded.get(i).get("response");
            JsonNode actual = JSON.readTree(answered.get(i).body());
            String step = recorded.get(i).get("step").asText();
            if (expected.has("sessionId")) {
                assertThat(actual.fieldNames())
                        .toIterable()
                        .as(step)
                        .containsExactlyInAnyOrder("cache", "sessionId", "visitId");
            } else if (expected.isObject()) {
                assertThat(actual).as(step).isEqualTo(expected);
            }
        }
    }

    @Test
    void servesTheScriptToAnyOrigin() throws Exception {
        HttpResponse<String> script = HTTP.send(
                HttpRequest.newBuilder(URI.create(umami.url() + "/script.js"))
                        .header("origin", "https://example.test")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(script.headers().firstValue("content-type").orElseThrow()).startsWith("text/javascript");
        assertThat(script.body()).contains("window.umami");
    }

    @Test
    void keepsAndChangesSessionsAndVisitsWhereTheRealOneDid() throws Exception {
        mapIds();

        assertThat(produced.values()).doesNotHaveDuplicates();
        assertThat(produced).hasSize(1 + 3 + 3);
    }

    @Test
    void signsTokensThatSayTheSameAsTheAnswer() throws Exception {
        for (HttpResponse<String> answer : answered) {
            JsonNode body = JSON.readTree(answer.body());
            if (body.has("cache")) {
                String payload = body.get("cache").asText().split("\\.", -1)[1];
                JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(payload));
                assertThat(claims.fieldNames())
                        .toIterable()
                        .containsExactly("websiteId", "sessionId", "visitId", "iat");
                assertThat(claims.get("sessionId")).isEqualTo(body.get("sessionId"));
                assertThat(claims.get("visitId")).isEqualTo(body.get("visitId"));
            }
        }
    }

    @Test
    void leavesTheRecordedEvents() throws Exception {
        mapIds();

        assertThat(rows("website_event", "created_at")).isEqualTo(expected("website_event"));
    }

    @Test
    void leavesTheRecordedSessions() throws Exception {
        mapIds();

        assertThat(rows("session", "created_at")).isEqualTo(expected("session"));
    }

    @Test
    void leavesTheRecordedSessionData() throws Exception {
        mapIds();

        assertThat(rows("session_data", "created_at")).isEqualTo(expected("session_data"));
    }

    @Test
    void leavesTheRecordedEventData() throws Exception {
        mapIds();

        assertThat(rows("event_data", "data_key")).isEqualTo(expected("event_data"));
    }

    private static void mapIds() throws Exception {
        map(
                Recording.exchanges().get("website_id").asText(),
                Recording.exchanges().get("website_id").asText());
        for (int i = 0; i < recorded.size(); i++) {
            JsonNode expected = recorded.get(i).get("response");
            JsonNode actual = JSON.readTree(answered.get(i).body());
            for (String id : List.of("sessionId", "visitId")) {
                if (expected.has(id)) {
                    map(expected.get(id).asText(), actual.get(id).asText());
                }
            }
        }
    }

    private static void map(String recordedId, String producedId) {
        String before = produced.putIfAbsent(recordedId, producedId);
        assertThat(producedId).as("what stands for %s", recordedId).isEqualTo(before == null ? producedId : before);
    }

    private static List<Map<String, String>> expected(String table) {
        return Recording.rows(table).stream().map(ReplayTest::comparable).toList();
    }

    /** The row with produced ids, without the columns that are new for each row or each run. */
    private static Map<String, String> comparable(Map<String, String> row) {
        Map<String, String> comparable = new LinkedHashMap<>(row);
        comparable
                .keySet()
                .removeAll(Set.of("created_at", "event_id", "event_data_id", "session_data_id", "website_event_id"));
        comparable.replaceAll((column, value) -> produced.getOrDefault(value, value));
        return new java.util.TreeMap<>(comparable);
    }

    private static List<Map<String, String>> rows(String table, String order) throws Exception {
        List<Map<String, String>> rows = new ArrayList<>();
        Set<String> recordedColumns = Recording.rows(table).get(0).keySet();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + table + " ORDER BY " + order)) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    if (recordedColumns.contains(columns.getColumnName(i))) {
                        row.put(columns.getColumnName(i), result.getString(i) == null ? "" : result.getString(i));
                    }
                }
                rows.add(comparable(row));
            }
        }
        return rows;
    }
}
