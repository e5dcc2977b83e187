package com.vibnai.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.bench.AttributionUnderTest;
import com.vibnai.bench.QueryUnderTest;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** umami-query-service and attribution-service as packaged, with each other: the follower's links, and funnels of the site. */
class QueryWithAttributionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SESSIONS = 1234;
    private static final UUID WEBSITE = UUID.randomUUID();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path work;

    private static TestDatabase umami;
    private static TestDatabase links;
    private static ServiceRun attribution;

    @BeforeAll
    static void start() throws Exception {
        umami = TestPostgres.shared().createDatabase("umami");
        links = TestPostgres.shared().createDatabase("attribution");
        UmamiSchema.V3_3.create(umami);
        UmamiSchema.addWebsite(umami, WEBSITE, "Site", "www.example.com");
        Map<String, String> environment = new HashMap<>(AttributionUnderTest.keys());
        environment.put("ATTRIBUTION_DB_URL", url(links));
        attribution = packaged("attribution-service", environment);
        attribution.awaitReady();
    }

    @AfterAll
    static void stop() {
        attribution.close();
        links.close();
        umami.close();
    }

    private static String url(TestDatabase database) {
        return database.reactiveUrl() + "?user=" + database.user() + "&password=" + database.password();
    }

    private static ServiceRun packaged(String service, Map<String, String> environment) throws Exception {
        return ServiceRun.packaged(
                Path.of("..").toAbsolutePath().normalize(),
                Files.createTempDirectory(work, service),
                service,
                Path.of(System.getProperty("java.home")),
                environment);
    }

    private static ServiceRun query(Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(QueryUnderTest.keys(attribution.port()));
        environment.put("UMAMI_DB_URL", url(umami));
        environment.putAll(more);
        return packaged("umami-query-service", environment);
    }

    @Test
    void oneOfTwoReplicasFollowsUmamiAndTheOtherGoesOn() throws Exception {
        // Given
        Map<String, String> follow = Map.of(
                "UMAMI_FOLLOWER_ENABLED", "true",
                "UMAMI_FOLLOWER_BATCH", "500",
                "UMAMI_FOLLOWER_INTERVAL", "200ms",
                "UMAMI_FOLLOWER_LEASE", "5s");
        sessions("old", SESSIONS, "2 days");
        try (ServiceRun one = query(follow);
                ServiceRun two = query(follow)) {
            one.awaitReady();
            two.awaitReady();

            // When, then
            eventually(() -> linksOf("old"), count -> count == SESSIONS);
            List<ServiceRun> both = List.of(one, two);
            eventually(() -> active(one) + active(two), sum -> sum == 1);
            ServiceRun follower = both.stream()
                    .filter(replica -> active(replica) == 1)
                    .findFirst()
                    .orElseThrow();
            ServiceRun standby = follower == one ? two : one;
            assertThat(metric(follower, "umami_follower_links_total")).isGreaterThanOrEqualTo(SESSIONS);
            assertThat(metric(follower, "umami_follower_rows_total")).isGreaterThanOrEqualTo(SESSIONS);
            eventually(() -> metric(follower, "umami_follower_lag_seconds"), lag -> lag < 30);
            assertThat(metric(standby, "umami_follower_lag_seconds")).isZero();
            assertThat(source(follower).getJsonObject("follower").getString("status"))
                    .isEqualTo("active");
            assertThat(source(standby).getJsonObject("follower").getString("status"))
                    .isEqualTo("standby");
            JsonObject segment = get(attribution, AttributionUnderTest.KEY, "/v1/users/old-7/identity-links")
                    .getJsonArray("items")
                    .getJsonObject(0);
            assertThat(segment.getString("source")).isEqualTo("umami");
            assertThat(segment.getString("kind")).isEqualTo("identified");

            follower.kill();
            sessions("new", 10, "0 s");

            eventually(() -> linksOf("new"), count -> count == 10);
            eventually(() -> active(standby), active -> active == 1);
            assertThat(linksOf("old")).isEqualTo(SESSIONS);
        }
    }

    @Test
    void countsFromTheFirstPageToTheCustomer() throws Exception {
        // Given: one on two devices who becomes a customer, and one of whom nobody knows.
        UUID phone = UUID.randomUUID();
        UUID laptop = UUID.randomUUID();
        pageview(phone, "2026-03-01T10:00:00Z", "/", "utm_source=google&utm_medium=cpc");
        pageview(laptop, "2026-03-02T10:00:00Z", "/pricing", null);
        pageview(UUID.randomUUID(), "2026-03-02T10:00:00Z", "/", null);
        for (UUID session : List.of(phone, laptop)) {
            post(
                    "/v1/identity-links",
                    new JsonObject()
                            .put("user_id", "customer")
                            .put("website_id", WEBSITE.toString())
                            .put("session_id", session.toString())
                            .put("kind", "session")
                            .put("occurred_at", "2026-03-02T10:01:00Z"));
        }
        post(
                "/v1/attributions",
                new JsonObject()
                        .put("user_id", "customer")
                        .put("utm_source", "newsletter")
                        .put("utm_medium", "email")
                        .put("signed_up_at", "2026-03-02T10:01:00Z"));
        post(
                "/v1/conversions",
                new JsonObject()
                        .put("user_id", "customer")
                        .put("idempotency_key", "order-1")
                        .put("name", "purchase")
                        .put("occurred_at", "2026-03-05T10:01:00Z"));
        String range = "&from=2026-03-01T00:00:00Z&to=2026-03-10T00:00:00Z";

        try (ServiceRun query = query(Map.of())) {
            query.awaitReady();

            // When
            JsonObject funnel = get(
                    query,
                    QueryUnderTest.KEY,
                    "/v1/funnels?step=visit&step=path:/pricing&step=signup&step=conversion:purchase&by=channel"
                            + range);
            JsonObject late = get(query, QueryUnderTest.KEY, "/v1/funnels?step=signup&step=conversion:*" + range);

            // Then
            assertThat(visitors(funnel.getJsonArray("steps"))).containsExactly(2, 1, 1, 1);
            assertThat(funnel.getJsonArray("steps").getJsonObject(3).getInteger("median_seconds_from_previous"))
                    .isEqualTo(3 * 86400);
            assertThat(funnel.getBoolean("degraded")).isFalse();
            assertThat(groups(funnel)).containsExactlyInAnyOrder("Email [1, 1, 1, 1]", "Direct [1, 0, 0, 0]");
            assertThat(visitors(late.getJsonArray("steps"))).containsExactly(1, 1);
        }
    }

    private static List<Integer> visitors(JsonArray steps) {
        return steps.stream()
                .map(step -> ((JsonObject) step).getInteger("visitors"))
                .toList();
    }

    private static List<String> groups(JsonObject funnel) {
        return funnel.getJsonArray("groups").stream()
                .map(JsonObject.class::cast)
                .map(group -> group.getString("value") + " " + visitors(group.getJsonArray("steps")))
                .toList();
    }

    /** Sessions that carry an id. */
    private static void sessions(String prefix, int count, String ago) {
        umami.execute(
                "INSERT INTO session (session_id, website_id, distinct_id, created_at) SELECT gen_random_uuid(), '"
                        + WEBSITE + "', '" + prefix + "-' || n, now() - interval '" + ago
                        + "' + n * interval '1 ms' FROM generate_series(1, " + count + ") AS n");
    }

    private static void pageview(UUID session, String at, String path, String query) {
        umami.execute(
                "INSERT INTO website_event (event_id, website_id, session_id, visit_id, created_at, url_path, url_query,"
                        + " event_type, hostname) VALUES (gen_random_uuid(), '" + WEBSITE + "', '" + session + "', '"
                        + session
                        + "', '" + at + "', '" + path + "', " + (query == null ? "NULL" : "'" + query + "'")
                        + ", 1, 'www.example.com')");
    }

    private static long linksOf(String prefix) throws Exception {
        try (var connection = links.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT count(*) FROM identity_links WHERE user_id LIKE '" + prefix + "-%'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static double active(ServiceRun replica) {
        try {
            return metric(replica, "umami_follower_active");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static double metric(ServiceRun replica, String name) throws Exception {
        Matcher found = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$")
                .matcher(HTTP.send(
                                HttpRequest.newBuilder(URI.create(replica.managementUrl() + "/q/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
        return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
    }

    private static JsonObject source(ServiceRun replica) throws Exception {
        return get(replica, QueryUnderTest.KEY, "/v1/source");
    }

    private static JsonObject get(ServiceRun service, String key, String path) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(service.url() + path))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static void post(String path, JsonObject body) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(attribution.url() + path))
                        .header("Authorization", "Bearer " + AttributionUnderTest.KEY)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static <T> void eventually(Callable<T> ask, Predicate<T> satisfied) throws Exception {
        Instant giveUp = Instant.now().plus(PATIENCE);
        T answer = ask.call();
        while (!satisfied.test(answer)) {
            assertThat(Instant.now()).as("still " + answer).isBefore(giveUp);
            Thread.sleep(50);
            answer = ask.call();
        }
    }
}
