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
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What identify does by version of Umami: a laptop and a phone, anonymous, then both as the same user. */
class SemanticsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAPTOP =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36";
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148";

    @ParameterizedTest
    @EnumSource
    void splitsOrKeepsSessionsAsThatVersionDoes(Semantics semantics) throws Exception {
        try (TestDatabase database = TestPostgres.shared().createDatabase("semantics")) {
            semantics.schema().create(database);
            UUID website = UmamiSchema.addWebsite(database, "Example", "example.test");
            try (UmamiStandIn umami = UmamiStandIn.start(
                    UmamiStandIn.Options.on(database.jdbcUrl()).with(semantics))) {

                String laptop = session(umami, website, LAPTOP, null);
                String phone = session(umami, website, PHONE, null);
                String laptopAsUser = session(umami, website, LAPTOP, "u1");
                String phoneAsUser = session(umami, website, PHONE, "u1");
                String laptopAsOther = session(umami, website, LAPTOP, "u2");

                assertThat(phone).isNotEqualTo(laptop);
                switch (semantics) {
                    case V2_17 -> {
                        assertThat(List.of(laptopAsUser, laptopAsOther)).containsOnly(laptop);
                        assertThat(phoneAsUser).isEqualTo(phone);
                    }
                    case V3_1 -> {
                        assertThat(laptopAsUser).isEqualTo(phoneAsUser).isNotIn(laptop, phone, laptopAsOther);
                        assertThat(column(database, "SELECT distinct_id FROM session WHERE distinct_id IS NOT NULL"))
                                .containsExactlyInAnyOrder("u1", "u2");
                    }
                    case V3_3 -> {
                        assertThat(List.of(laptopAsUser, laptopAsOther)).containsOnly(laptop);
                        assertThat(column(database, "SELECT distinct_id FROM session"))
                                .containsExactlyInAnyOrder("u2", "u1");
                        assertThat(column(database, "SELECT distinct_id FROM session_link"))
                                .containsExactlyInAnyOrder("u1", "u1", "u2");
                    }
                    case V3_5 -> {
                        assertThat(List.of(laptop, phone, laptopAsUser, phoneAsUser, laptopAsOther))
                                .doesNotHaveDuplicates();
                        assertThat(column(database, "SELECT distinct_id FROM session_link"))
                                .containsExactlyInAnyOrder("u1", "u1", "u2");
                    }
                }
            }
        }
    }

    private static String session(UmamiStandIn umami, UUID website, String agent, String id) throws Exception {
        Map<String, Object> payload = new TreeMap<>(
                Map.of("website", website, "hostname", "example.test", "screen", "1920x1080", "url", "/"));
        if (id != null) {
            payload.put("id", id);
        }
        String body = JSON.writeValueAsString(Map.of("type", "event", "payload", payload));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(umami.url() + "/api/send"))
                                .header("content-type", "text/plain")
                                .header("user-agent", agent)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        JsonNode json = JSON.readTree(answer.body());
        assertThat(json.has("sessionId")).as(answer.body()).isTrue();
        return json.get("sessionId").asText();
    }

    private static List<String> column(TestDatabase database, String sql) throws Exception {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
