package com.vibnai.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.bench.AttributionUnderTest;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million records leave the packaged attribution-service in one answer, and its heap does not grow with them. Another number:
 * {@code -Dexport.rows=100000}.
 */
class LargeExportIT {

    private static final int ROWS = Integer.getInteger("export.rows", 1_000_000);
    /** Unpacked once for all tests: the library does it once a JVM. */
    private static final Path BINARIES = Path.of("target", "stage").toAbsolutePath();

    private static final String DATABASE = "attribution";

    /** In kB; the rows that were read between the two looks would be hundreds of MB. */
    private static final long MORE_HEAP = 64 * 1024;

    @TempDir
    Path work;

    @Test
    void streamsAMillionRecordsWithoutMoreMemory() throws Exception {
        try (PostgresServer postgres =
                PostgresServer.create(BINARIES, work.resolve("data"), "127.0.0.1", List.of(), Map.of("fsync", "off"))) {
            postgres.start();
            postgres.execute("postgres", "CREATE DATABASE " + DATABASE);
            try (ServiceRun service = ServiceRun.packaged(
                    Path.of("..").toAbsolutePath().normalize(),
                    work,
                    "attribution-service",
                    Path.of(System.getProperty("java.home")),
                    AttributionUnderTest.environment(postgres, DATABASE))) {
                service.awaitReady();
                fill(postgres);

                HttpResponse<InputStream> answer = export(service);
                assertThat(answer.statusCode()).isEqualTo(200);
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                    assertThat(lines.readLine()).startsWith("user_id,");
                    read(lines, ROWS / 10);
                    long early = service.liveHeap();
                    read(lines, ROWS / 10 * 8);
                    long late = service.liveHeap();
                    read(lines, ROWS - ROWS / 10 * 9);

                    assertThat(lines.readLine()).isNull();
                    assertThat(late).isLessThan(early + MORE_HEAP);
                }
            }
        }
    }

    private static void fill(PostgresServer postgres) {
        postgres.execute(
                DATABASE,
                "INSERT INTO attributions (user_id, utm_source, utm_medium, utm_campaign, click_ids, referrer, landing_page,"
                        + " direct, trust, source, signed_up_at, channel) SELECT 'user-' || n, 'google', 'cpc',"
                        + " 'campaign-' || n % 100, '{\"gclid\": \"Cj0KCQ\"}', 'https://www.google.com/',"
                        + " 'https://www.example.com/' || repeat('x', 200), false, 'server', 'server',"
                        + " timestamptz '2026-01-01' + n * interval '1 second', 'Paid Search'"
                        + " FROM generate_series(1, " + ROWS + ") AS n; ANALYZE attributions");
    }

    private static HttpResponse<InputStream> export(ServiceRun service) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/v1/attributions"))
                .header("Authorization", "Bearer " + AttributionUnderTest.KEY)
                .header("Accept", "text/csv")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static void read(BufferedReader lines, int many) throws Exception {
        for (int i = 0; i < many; i++) {
            assertThat(lines.readLine()).isNotNull();
        }
    }
}
