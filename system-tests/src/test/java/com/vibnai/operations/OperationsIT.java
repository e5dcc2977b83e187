package com.vibnai.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.vibnai.bench.AttributionUnderTest;
import com.vibnai.bench.QueryUnderTest;
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
    private static Map<String, ServiceRun> services;

    @BeforeAll
    static void useEveryService() throws Exception {
        attributions = TestPostgres.shared().createDatabase("operations_own");
        umami = TestPostgres.shared().createDatabase("operations_umami");
        UmamiSchema.V3_1.create(umami);
        Path java = Path.of(System.getProperty("java.home"));
        ServiceRun attribution = ServiceRun.packaged(
                ROOT,
                logs,
                "attribution-service",
                java,
                Map.of(
                        "ATTRIBUTION_DB_URL", url(attributions),
                        "ATTRIBUTION_API_KEYS_BENCH_DIGEST", AttributionUnderTest.digest(AttributionUnderTest.KEY),
                        "ATTRIBUTION_API_KEYS_BENCH_SCOPES", "ingest,read,admin"));
        ServiceRun query = ServiceRun.packaged(
                ROOT,
                logs,
                "umami-query-service",
                java,
                Map.of(
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
                        "true"));
        ServiceRun tracker = ServiceRun.packaged(ROOT, logs, "tracker-web", java, Map.of());
        services = Map.of("attribution-service", attribution, "umami-query-service", query, "tracker-web", tracker);
        for (ServiceRun service : services.values()) {
            service.awaitReady();
        }
        String body =
                "{\"user_id\": \"" + USER + "\", \"utm_source\": \"google\", \"google_token\": \"" + TOKEN + "\"}";
        post(attribution, "/v1/attributions", body);
        post(attribution, "/v1/attributions", "{\"user_id\": \"" + USER + "\", ");
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
    void givesThePrometheusOperatorTheSameRules() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        JsonNode file = yaml.readTree(DOCS.resolve("alerts.yaml").toFile());
        JsonNode object = yaml.readTree(ROOT.resolve("k8s/components/prometheus-operator/prometheus-rule.yaml")
                .toFile());

        assertThat(object.at("/spec/groups")).isEqualTo(file.path("groups"));
    }

    @Test
    void drawsOnlyMetricsThatTheServicesHave() throws Exception {
        JsonNode dashboard = JSON.readTree(DOCS.resolve("dashboard.json").toFile());
        Set<String> known = everyMetric();
        List<JsonNode> queries = dashboard.findValues("expr");

        assertThat(queries)
                .hasSizeGreaterThan(8)
                .allSatisfy(query -> assertThat(known).as(query.asText()).containsAll(metricsIn(query.asText())));
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
