package com.vibnai.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.vibnai.bench.AttributionUnderTest;
import com.vibnai.bench.QueryUnderTest;
import com.vibnai.stage.Await;
import com.vibnai.stage.ServiceRun;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged services, used a little, and what an operator then sees of them. */
class OperationsIT {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path DOCS = ROOT.resolve("docs/operations");
    private static final String USER = "grace-hopper-1906";
    private static final String TOKEN = "ya29.a0AfH6SMB-secret";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path logs;

    private static TestDatabase attributions;
    private static TestDatabase umami;
    private static TraceCollector traces;
    private static Map<String, ServiceRun> services;

    @BeforeAll
    static void useEveryService() throws Exception {
        attributions = TestPostgres.shared().createDatabase("operations_own");
        umami = TestPostgres.shared().createDatabase("operations_umami");
        UmamiSchema.V3_1.create(umami);
        traces = new TraceCollector();
        Path java = Path.of(System.getProperty("java.home"));
        ServiceRun attribution = ServiceRun.packaged(
                ROOT,
                logs,
                "attribution-service",
                java,
                traced(Map.of(
                        "ATTRIBUTION_DB_URL", url(attributions),
                        "ATTRIBUTION_API_KEYS_BENCH_DIGEST", AttributionUnderTest.digest(AttributionUnderTest.KEY),
                        "ATTRIBUTION_API_KEYS_BENCH_SCOPES", "ingest,read,admin")));
        ServiceRun query = ServiceRun.packaged(
                ROOT,
                logs,
                "umami-query-service",
                java,
                traced(Map.of(
                        "UMAMI_DB_URL",
                        url(umami),
                        "UMAMI_ATTRIBUTION_URL",
                        attribution.url(),
                        "UMAMI_ATTRIBUTION_API_KEY",
                        AttributionUnderTest.KEY,
                        "UMAMI_API_KEYS_BENCH_DIGEST",
                        AttributionUnderTest.digest(QueryUnderTest.KEY),
                        "UMAMI_API_KEYS_BENCH_SCOPES",
                        "read",
                        "UMAMI_FOLLOWER_ENABLED",
                        "true")));
        ServiceRun tracker = ServiceRun.packaged(ROOT, logs, "tracker-web", java, Map.of());
        services = Map.of("attribution-service", attribution, "umami-query-service", query, "tracker-web", tracker);
        for (ServiceRun service : services.values()) {
            service.awaitReady();
        }
        String body =
                "{\"user_id\": \"" + USER + "\", \"utm_source\": \"google\", \"google_token\": \"" + TOKEN + "\"}";
        post(attribution, "/v1/attributions", body);
        post(attribution, "/v1/attributions", "{\"user_id\": \"" + USER + "\", ");
        post(attribution, "/v1/attributions", """
                {"user_id": "ada", "utm_campaign": "spring", "landing_page": "https://www.example.com/first?a=b#c",
                 "referrer": "https://www.first.example.net/a", "last_touch": {"utm_campaign": "autumn",
                 "landing_page": "https://www.example.com/last", "referrer": "https://last.example.net:8443/?a"}}
                """);
        post(attribution, "/v1/conversions", """
                {"idempotency_key": "1", "user_id": "ada", "name": "paid", "value": "12.50", "currency": "EUR",
                 "occurred_at": "%s"}
                """.formatted(Instant.now()));
        get(attribution, "/v1/attributions/" + USER, AttributionUnderTest.KEY);
        get(attribution, "/v1/attributions/" + USER, "wrong");
        get(attribution, "/v1/users/" + USER + "/identity-links", AttributionUnderTest.KEY);
        get(attribution, "/v1/users/" + USER + "/nothing", AttributionUnderTest.KEY);
        for (String call : List.of("trail", "funnel", "profile", "sessions", "trail?limit=many", "nothing")) {
            get(query, "/v1/users/" + USER + "/" + call, QueryUnderTest.KEY);
        }
        get(query, "/v1/users/" + USER + "/trail", "wrong");
        get(tracker, "/tracker.js", "");
        openLiveStream(query);
    }

    private static Map<String, String> traced(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(traces.environment());
        return all;
    }

    /** Its metrics are there once somebody has listened. */
    private static void openLiveStream(ServiceRun query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(query.url() + "/v1/users/" + USER + "/live"))
                .header("Authorization", "Bearer " + QueryUnderTest.KEY)
                .header("Accept", "text/event-stream")
                .build();
        HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()).body().close();
    }

    @AfterAll
    static void end() {
        services.values().forEach(ServiceRun::close);
        traces.close();
        attributions.close();
        umami.close();
    }

    static Stream<String> names() {
        return services.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void countsRequestsByEndpointAndNeverByUser(String name) throws Exception {
        String metrics = metrics(name);

        assertThat(metrics).contains("http_server_requests_seconds_count").doesNotContain(USER);
        assertThat(uris(metrics)).allMatch(uri -> !uri.contains(USER) && !uri.contains("nothing"));
    }

    @Test
    void namesEndpointsByTheirTemplates() throws Exception {
        assertThat(uris(metrics("attribution-service")))
                .contains("/v1/attributions", "/v1/attributions/{user_id}", "/v1/users/{user_id}/identity-links");
        assertThat(uris(metrics("umami-query-service")))
                .contains("/v1/users/{user_id}/trail", "/v1/users/{user_id}/funnel", "/v1/users/{user_id}/profile");
    }

    @ParameterizedTest
    @MethodSource("names")
    void logsOneJsonObjectALineWithoutUsersOrSecrets(String name) throws IOException {
        List<String> lines = Files.readAllLines(services.get(name).log()).stream()
                .filter(line -> !line.startsWith("WARNING: ") && !line.isBlank())
                .toList();

        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            JsonNode entry = JSON.readTree(line);
            assertThat(entry.path("time").asText()).isNotEmpty();
            assertThat(entry.path("level").asText()).isNotEmpty();
            assertThat(entry.path("service").asText()).isEqualTo(name);
        });
        assertThat(String.join("\n", lines)).doesNotContain(USER, TOKEN, AttributionUnderTest.KEY, QueryUnderTest.KEY);
    }

    @Test
    void tracesARequestThroughBothServicesAndTheirSql() throws Exception {
        String id = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(services.get("umami-query-service").url() + "/v1/users/traced/funnel"))
                .header("Authorization", "Bearer " + QueryUnderTest.KEY)
                .header("traceparent", "00-" + id + "-00f067aa0ba902b7-01")
                .build();

        HTTP.send(request, HttpResponse.BodyHandlers.ofString());

        // Each span is sent by itself when it has ended, the request's own last.
        Await.until(
                () -> hasSpans("umami-query-service", id, "SELECT", "/v1/users/{user_id}/funnel")
                        && hasSpans("attribution-service", id, "SELECT", "/v1/users/{user_id}/identity-links"),
                Duration.ofSeconds(10));
        assertThat(traces.of("umami-query-service", id) + traces.of("attribution-service", id))
                .doesNotContain(AttributionUnderTest.KEY, QueryUnderTest.KEY);
    }

    private static boolean hasSpans(String service, String trace, String... parts) {
        String sent = traces.of(service, trace);
        return Arrays.stream(parts).allMatch(sent::contains);
    }

    @ParameterizedTest
    @MethodSource("names")
    void saysItsVersion(String name) throws Exception {
        JsonNode info = JSON.readTree(get(services.get(name).managementUrl() + "/q/info"));

        assertThat(info.at("/build/artifact").asText()).isEqualTo(name);
        assertThat(info.at("/build/version").asText()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(info.has("os")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("names")
    void answersItsProbesOnTheManagementPortOnly(String name) throws Exception {
        for (String probe : List.of("started", "ready", "live")) {
            assertThat(get(services.get(name).managementUrl() + "/q/health/" + probe))
                    .contains("\"UP\"");
        }
        for (String path : List.of("/q/health/ready", "/q/metrics", "/q/info")) {
            assertThat(status(services.get(name).url() + path)).isIn(401, 404);
        }
    }

    /** Each row of the table: `name` of the metric, and the services that have it. */
    @Test
    void hasEveryMetricOfTheTable() throws Exception {
        List<MatchResult> rows = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|([^|]*)\\|")
                .matcher(Files.readString(DOCS.resolve("observability.md")))
                .results()
                .toList();

        assertThat(rows).hasSizeGreaterThan(10);
        for (MatchResult row : rows) {
            for (String service : row.group(2).strip().split(", ", -1)) {
                assertThat(names(metrics(service)))
                        .as("%s of %s", row.group(1), service)
                        .contains(row.group(1));
            }
        }
    }

    @Test
    void alertsOnlyOnMetricsThatTheServicesHaveAndSaysWhatToDo() throws Exception {
        JsonNode groups =
                new YAMLMapper().readTree(DOCS.resolve("alerts.yaml").toFile()).path("groups");
        String runbook = Files.readString(DOCS.resolve("alerts.md"));
        Set<String> known = everyMetric();
        int alerts = 0;

        for (JsonNode group : groups) {
            for (JsonNode rule : group.path("rules")) {
                alerts++;
                String name = rule.path("alert").asText();
                assertThat(known)
                        .as(name)
                        .containsAll(metricsIn(rule.path("expr").asText()));
                assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
                assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
                assertThat(rule.at("/annotations/runbook_url").asText())
                        .endsWith("docs/operations/alerts.md#" + name.toLowerCase(Locale.ROOT));
                assertThat(runbook).contains("## " + name + "\n");
            }
        }
        assertThat(alerts).isGreaterThan(6);
    }

    @Test
    void documentsEachMetricOfItsOwn() throws Exception {
        String documented = Files.readString(DOCS.resolve("observability.md"));

        assertThat(everyMetric())
                .filteredOn(name -> name.startsWith("attribution_") || name.startsWith("umami_"))
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(documented).contains("`" + name + "`"));
    }

    @Test
    void givesThePrometheusOperatorTheSameRules() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        JsonNode file = yaml.readTree(DOCS.resolve("alerts.yaml").toFile());
        JsonNode object = yaml.readTree(ROOT.resolve("k8s/components/prometheus-operator/prometheus-rule.yaml")
                .toFile());

        assertThat(object.at("/spec/groups")).isEqualTo(file.path("groups"));
    }

    @ParameterizedTest
    @CsvSource({"dashboard.json, 8", "acquisition-dashboard.json, 4"})
    void drawsOnlyMetricsThatTheServicesHave(String file, int some) throws Exception {
        JsonNode dashboard = JSON.readTree(DOCS.resolve(file).toFile());
        Set<String> known = everyMetric();
        List<JsonNode> queries = dashboard.findValues("expr");

        assertThat(queries)
                .hasSizeGreaterThan(some)
                .allSatisfy(query -> assertThat(known).as(query.asText()).containsAll(metricsIn(query.asText())));
    }

    /** With macros replaced as Grafana does, by the role that the documentation makes for it. */
    @ParameterizedTest
    @ValueSource(strings = {"first", "last"})
    void readsAcquisitionFromTheDatabaseAsARoleThatMayReadNoMore(String touch) throws Exception {
        JsonNode dashboard =
                JSON.readTree(DOCS.resolve("acquisition-dashboard.json").toFile());
        attributions.execute(Files.readString(DOCS.resolve("acquisition-reader.sql")));
        try (Connection reader = attributions.connect();
                Statement statement = reader.createStatement()) {
            statement.execute("SET ROLE acquisition_reader");
            Map<String, List<Map<String, Object>>> shown = new HashMap<>();
            for (JsonNode panel : dashboard.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    if (target.has("rawSql")) {
                        String sql = asGrafana(target.path("rawSql").asText(), touch);
                        shown.put(panel.path("title").asText(), rows(statement.executeQuery(sql)));
                    }
                }
            }

            assertThat(shown).hasSizeGreaterThan(8);
            assertThat(shown.values()).allSatisfy(rows -> assertThat(rows).isNotEmpty());
            assertThat(shown.get("All signups of the time")).singleElement().satisfies(row -> assertThat(row)
                    .containsEntry("signups", 2L)
                    .containsEntry("converted_users", 1L)
                    .containsEntry("conversion_rate", 0.5));
            assertThat(shown.get("By campaign"))
                    .extracting(row -> row.get("campaign"))
                    .containsExactlyInAnyOrder(touch.equals("first") ? "spring" : "autumn", null);
            assertThat(shown.get("By landing page"))
                    .extracting(row -> row.get("landing_page"))
                    .contains("https://www.example.com/" + touch);
            assertThat(shown.get("By referrer"))
                    .extracting(row -> row.get("referrer_host"))
                    .contains(touch + ".example.net");
            assertThatThrownBy(() -> statement.executeQuery("SELECT click_ids FROM attributions"))
                    .hasMessageContaining("permission denied");
        } finally {
            attributions.execute("DROP OWNED BY acquisition_reader; DROP ROLE acquisition_reader");
        }
    }

    private static String asGrafana(String sql, String touch) {
        return sql.replaceAll("\\$__timeFilter\\((\\w+)\\)", "$1 BETWEEN now() - interval '30 days' AND now()")
                .replaceAll(
                        "\\$__timeGroupAlias\\((\\w+), '1d'\\)",
                        "floor(extract(epoch FROM $1) / 86400) * 86400 AS \"time\"")
                .replace("$touch", touch);
    }

    private static List<Map<String, Object>> rows(ResultSet result) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        while (result.next()) {
            Map<String, Object> row = new HashMap<>();
            for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                row.put(result.getMetaData().getColumnLabel(column), result.getObject(column));
            }
            rows.add(row);
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum(rate(no_such_total[5m]))", "histogram_quantile(0.9, no_such_bucket)"})
    void wouldNoticeAMetricThatIsNot(String expression) {
        assertThat(metricsIn(expression)).containsAnyOf("no_such_total", "no_such_bucket");
    }

    private static Set<String> everyMetric() throws Exception {
        Set<String> known = new HashSet<>(Set.of("up"));
        for (String name : services.keySet()) {
            known.addAll(names(metrics(name)));
        }
        return known;
    }

    private static Set<String> names(String metrics) {
        Set<String> names = new TreeSet<>();
        metrics.lines().filter(line -> !line.startsWith("#")).forEach(line -> names.add(line.split("[{ ]", 2)[0]));
        return names;
    }

    /** Identifiers that are no function, label or keyword: what stands before a selector or stands alone. */
    private static Set<String> metricsIn(String expression) {
        String bare = expression
                .replaceAll("\\{[^}]*}", "")
                .replaceAll("\"[^\"]*\"", "")
                .replaceAll("\\[[^]]*]", "")
                .replaceAll("(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)", "");
        Set<String> found = new TreeSet<>();
        Pattern.compile("[a-z][a-z0-9_:]*(?![a-z0-9_:(]|\\s*\\()")
                .matcher(bare)
                .results()
                .map(MatchResult::group)
                .filter(word ->
                        !Set.of("and", "or", "unless", "by", "offset", "bool").contains(word))
                .forEach(found::add);
        return found;
    }

    private static Set<String> uris(String metrics) {
        Set<String> uris = new TreeSet<>();
        Pattern.compile("uri=\"([^\"]*)\"").matcher(metrics).results().forEach(match -> uris.add(match.group(1)));
        return uris;
    }

    private static String metrics(String name) throws Exception {
        return get(services.get(name).managementUrl() + "/q/metrics");
    }

    private static void post(ServiceRun service, String path, String body) throws Exception {
        HTTP.send(
                HttpRequest.newBuilder(URI.create(service.url() + path))
                        .header("Authorization", "Bearer " + AttributionUnderTest.KEY)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static void get(ServiceRun service, String path, String key) throws Exception {
        HTTP.send(
                HttpRequest.newBuilder(URI.create(service.url() + path))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static String get(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int status(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String url(TestDatabase database) {
        return database.reactiveUrl() + "?user=" + database.user() + "&password=" + database.password();
    }
}
