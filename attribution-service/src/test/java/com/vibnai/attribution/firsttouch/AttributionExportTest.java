package com.vibnai.attribution.firsttouch;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.vibnai.attribution.AttributionStack;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class AttributionExportTest {

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";

    @TestHTTPResource("/v1/attributions")
    URI attributions;

    @Inject
    AgroalDataSource database;

    private static Response export(String type, String campaign) {
        return reader().accept(type).queryParam("utm_campaign", campaign).get("/v1/attributions");
    }

    private static List<Map<String, String>> rows(String csv) throws IOException {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(csv)) {
            return rows.readAll();
        }
    }

    @Test
    void writesCsvWithEveryFieldOfARecord() throws IOException {
        String campaign = newUser();
        signUp(Map.of(
                "user_id",
                campaign + "-a",
                "utm_campaign",
                campaign,
                "utm_source",
                "say \"hi\", you\nthere",
                "gclid",
                "g",
                "landing_page",
                "https://www.example.com/ü",
                "signed_up_at",
                "2026-10-01T00:00:00Z",
                "last_touch",
                Map.of("utm_medium", "email")));
        signUp(Map.of("user_id", campaign + "-b", "utm_campaign", campaign, "signed_up_at", "2026-10-02T00:00:00Z"));

        Response answer = export(CSV, campaign);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith(CSV);
        List<Map<String, String>> rows = rows(answer.asString());
        assertThat(rows).extracting(row -> row.get("user_id")).containsExactly(campaign + "-b", campaign + "-a");
        assertThat(rows.get(1))
                .containsEntry("utm_source", "say \"hi\", you\nthere")
                .containsEntry("click_ids", "{\"gclid\":\"g\"}")
                .containsEntry("landing_page", "https://www.example.com/ü")
                .containsEntry("channel", "Paid Search")
                .containsEntry("signed_up_at", "2026-10-01T00:00:00Z")
                .containsEntry("direct", "false")
                .containsEntry("last_channel", "Email")
                .containsEntry("last_utm_medium", "email")
                .containsEntry("trust", "server")
                .containsEntry("recorded_by", "server")
                .containsEntry("replaced_at", "");
    }

    @Test
    void givesASpreadsheetNoFormula() throws IOException {
        String campaign = "=HYPERLINK(\"https://evil.example\")" + newUser();
        signUp(Map.of("user_id", "-1+2" + newUser(), "utm_campaign", campaign, "utm_term", "@SUM(A1)"));

        List<Map<String, String>> rows = rows(export(CSV, campaign).asString());

        assertThat(rows.get(0).get("user_id")).startsWith("'-1+2");
        assertThat(rows.get(0)).containsEntry("utm_campaign", "'" + campaign).containsEntry("utm_term", "'@SUM(A1)");
        assertThat(new JsonObject(export(NDJSON, campaign).asString())
                        .getJsonObject("first_touch")
                        .getString("utm_campaign"))
                .isEqualTo(campaign);
    }

    @Test
    void writesAHeaderAndNothingElseWhenNothingMatches() throws IOException {
        assertThat(rows(export(CSV, newUser()).asString())).isEmpty();
        assertThat(export(CSV, newUser()).asString()).startsWith("user_id,signed_up_at,channel,");
        assertThat(export(NDJSON, newUser()).asString()).isEmpty();
    }

    @Test
    void answersAPageWhenAskedForNothingSpecial() {
        assertThat(reader().get("/v1/attributions").contentType()).startsWith("application/json");
        assertThat(reader().accept("application/json")
                        .get("/v1/attributions")
                        .jsonPath()
                        .getList("items"))
                .isNotNull();
        for (String anything : List.of("*/*", "text/html, */*;q=0.8", "text/html")) {
            assertThat(reader().accept(anything)
                            .queryParam("limit", 5)
                            .get("/v1/attributions")
                            .contentType())
                    .startsWith("application/json");
        }
        assertThat(reader().accept("text/csv, */*;q=0.1")
                        .get("/v1/attributions")
                        .contentType())
                .startsWith(CSV);
    }

    @Test
    void refusesParametersOfPagesAndOtherKeys() {
        assertThat(reader().accept(CSV)
                        .queryParam("limit", 5)
                        .get("/v1/attributions")
                        .statusCode())
                .isEqualTo(400);
        assertThat(reader().accept(CSV)
                        .queryParam("from", "x")
                        .get("/v1/attributions")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server().accept(CSV).get("/v1/attributions").statusCode()).isEqualTo(403);
    }

    @Test
    void streamsEveryRowOfAFilterOnce() throws Exception {
        String campaign = newUser();
        int rows = 20_000;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO attributions (user_id, utm_campaign, click_ids, direct, trust, source,"
                    + " signed_up_at, channel) SELECT '" + campaign + "-' || n, '" + campaign
                    + "', '{}', false, 'server', 'server', timestamptz '2026-01-01' + (n % 977) * interval '1 minute', 'Email'"
                    + " FROM generate_series(1, " + rows + ") AS n");
        }

        Set<String> users = new HashSet<>();
        String before = null;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(attributions + "?channel=Email&utm_campaign=" + campaign))
                .header("Authorization", "Bearer " + AttributionStack.READ_KEY)
                .header("Accept", NDJSON)
                .build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonObject record = new JsonObject(line);
                users.add(record.getString("user_id"));
                String signedUp = record.getString("signed_up_at");
                assertThat(before == null || signedUp.compareTo(before) <= 0).isTrue();
                before = signedUp;
            }
        }

        assertThat(users).hasSize(rows);
        assertThat(rows(export(CSV, campaign).asString())).hasSize(rows);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM attributions WHERE utm_campaign = '" + campaign + "'");
        }
    }

    @Test
    void givesItsConnectionBackWhenTheReaderLeaves() throws Exception {
        for (int i = 0; i < 8; i++) {
            HttpRequest request = HttpRequest.newBuilder(attributions)
                    .header("Authorization", "Bearer " + AttributionStack.READ_KEY)
                    .header("Accept", CSV)
                    .build();
            HttpResponse<InputStream> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isIn(200, 503);
            answer.body().close();
        }

        Response last = export(CSV, newUser());
        for (int tries = 0; last.statusCode() == 503 && tries < 600; tries++) {
            last = export(CSV, newUser());
        }
        assertThat(last.statusCode()).isEqualTo(200);
    }

    @Test
    void endsAnExportThatNobodyReadsSoThatOthersMayFollow() throws Exception {
        String campaign = newUser();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO attributions (user_id, utm_campaign, landing_page, click_ids, direct, trust,"
                    + " source, signed_up_at, channel) SELECT '" + campaign + "-' || n, '" + campaign
                    + "', repeat('x', 1500), '{}', false, 'server', 'server', now(), 'Email'"
                    + " FROM generate_series(1, 10000) AS n");
        }
        List<Socket> idle = new ArrayList<>();
        try {
            while (export(CSV, newUser()).statusCode() != 503) {
                assertThat(idle).as("sooner or later all places are taken").hasSizeLessThan(40);
                Socket socket = new Socket();
                idle.add(socket);
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), attributions.getPort()));
                socket.getOutputStream()
                        .write(("GET /v1/attributions?utm_campaign=" + campaign + " HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Accept: text/csv\r\nAuthorization: Bearer " + AttributionStack.READ_KEY
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(oneMoreSucceeds()).isTrue();
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM attributions WHERE utm_campaign = '" + campaign + "'");
            }
        }
    }

    private static boolean oneMoreSucceeds() {
        long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < giveUp) {
            if (export(CSV, newUser()).statusCode() == 200) {
                return true;
            }
        }
        return false;
    }
}
