package com.vibnai.testkit.umami;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.api.ApiOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Umami's REST API as the stand-in answers it. */
class RestApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LAPTOP =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36";
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ALL_TIME = "startAt=0&endAt=4000000000000";

    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile Instant now = NOON;
    private TestDatabase database;
    private UUID website;

    @BeforeEach
    void createDatabase() {
        database = opened(TestPostgres.shared().createDatabase("rest"));
        UmamiSchema.V3_1.create(database);
        website = UmamiSchema.addWebsite(database, "Example", "example.test");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    private UmamiStandIn start(ApiOptions api) {
        return start(api, Semantics.V3_1);
    }

    private UmamiStandIn start(ApiOptions api, Semantics semantics) {
        InstantSource clock = () -> now;
        return opened(UmamiStandIn.start(UmamiStandIn.Options.on(database.jdbcUrl())
                .with(api)
                .with(semantics)
                .with(clock)));
    }

    private static HttpResponse<String> call(UmamiStandIn umami, String path, String... headers) throws Exception {
        HttpRequest.Builder get = HttpRequest.newBuilder(URI.create(umami.url() + path));
        return HTTP.send(
                headers.length == 0 ? get.build() : get.headers(headers).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(UmamiStandIn umami, String path, Object body, String agent)
            throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(umami.url() + path))
                        .header("content-type", "application/json")
                        .header("user-agent", agent)
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> login(UmamiStandIn umami, String password) throws Exception {
        return post(umami, "/api/auth/login", Map.of("username", "admin", "password", password), "test");
    }

    private static String bearer(UmamiStandIn umami) throws Exception {
        HttpResponse<String> answer = login(umami, "umami");
        assertThat(answer.statusCode()).isEqualTo(200);
        return "Bearer " + JSON.readTree(answer.body()).get("token").asText();
    }

    private JsonNode read(UmamiStandIn umami, String path) throws Exception {
        HttpResponse<String> answer = call(umami, "/api/websites/" + website + path, "authorization", bearer(umami));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** Sends one thing and answers the session. */
    private String send(UmamiStandIn umami, String type, String agent, Map<String, Object> more) throws Exception {
        Map<String, Object> payload = new TreeMap<>(Map.of(
                "website",
                website,
                "hostname",
                "example.test",
                "screen",
                "1920x1080",
                "language",
                "en-US",
                "url",
                "/"));
        payload.putAll(more);
        HttpResponse<String> answer = post(umami, "/api/send", Map.of("type", type, "payload", payload), agent);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        now = now.plusSeconds(1);
        return JSON.readTree(answer.body()).get("sessionId").asText();
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> values(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.get(field).asText())
                .toList();
    }

    @Test
    void refusesAWrongPasswordAndCallersWithoutAToken() throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh());

        HttpResponse<String> refused = login(umami, "wrong");
        HttpResponse<String> anonymous = call(umami, "/api/websites");
        HttpResponse<String> forged = call(umami, "/api/websites", "authorization", "Bearer x");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(anonymous.body()).at("/error/status").asInt()).isEqualTo(401);
        assertThat(List.of(anonymous.statusCode(), forged.statusCode())).containsOnly(401);
    }

    @Test
    void takesATokenUntilItEnds() throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh().withTokenLife(Duration.ofMinutes(5)));
        String bearer = bearer(umami);

        now = now.plus(Duration.ofMinutes(4));
        assertThat(call(umami, "/api/websites", "authorization", bearer).statusCode())
                .isEqualTo(200);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(call(umami, "/api/websites", "authorization", bearer).statusCode())
                .isEqualTo(401);
        umami.api().forgetLogins();
        assertThat(call(umami, "/api/websites", "authorization", bearer(umami)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesAKeyOnTheBasePathOfTheCloud() throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh().withApiKey("api_key"));

        HttpResponse<String> known = call(umami, "/v1/websites", "x-umami-api-key", "api_key");
        HttpResponse<String> unknown = call(umami, "/v1/websites", "x-umami-api-key", "other");

        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(values(JSON.readTree(known.body()).get("data"), "domain")).containsExactly("example.test");
        assertThat(unknown.statusCode()).isEqualTo(401);
    }

    @Test
    void letsFiftyCallsInWithinFifteenSeconds() throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh().withApiKey("k").withCalls(ApiOptions.CLOUD_CALLS));
        for (int i = 0; i < 50; i++) {
            assertThat(call(umami, "/v1/websites", "x-umami-api-key", "k").statusCode())
                    .isEqualTo(200);
        }

        HttpResponse<String> refused = call(umami, "/v1/websites", "x-umami-api-key", "k");
        now = now.plusSeconds(15);
        HttpResponse<String> later = call(umami, "/v1/websites", "x-umami-api-key", "k");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).contains("15");
        assertThat(later.statusCode()).isEqualTo(200);
        assertThat(umami.api().calls()).isEqualTo(51);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sessions",
                "/sessions?startAt=0",
                "/sessions?startAt=0&endAt=now",
                "/sessions/4d801085-375f-52d9-8443-058ca5b7d8a2",
                "/sessions/4d801085-375f-52d9-8443-058ca5b7d8a2/activity?endAt=1",
                "/sessions/no-uuid/activity?" + ALL_TIME,
                "/events?endAt=1",
                "/sessions?page=0&" + ALL_TIME
            })
    void asksForATimeAndForIds(String path) throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh());

        HttpResponse<String> answer = call(umami, "/api/websites/" + website + path, "authorization", bearer(umami));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/error/code").asText()).isEqualTo("bad-request");
    }

    @Test
    void listsSessionsWithEventsPageByPage() throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh());
        String laptop = send(umami, "event", LAPTOP, Map.of());
        send(umami, "event", LAPTOP, Map.of("name", "cta"));
        String phone = send(umami, "event", PHONE, Map.of());
        send(umami, "identify", "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0", Map.of("data", Map.of("userId", "u1")));

        JsonNode first = read(umami, "/sessions?pageSize=1&page=1&" + ALL_TIME);
        JsonNode second = read(umami, "/sessions?pageSize=1&page=2&" + ALL_TIME);
        JsonNode earlier =
                read(umami, "/sessions?startAt=0&endAt=" + NOON.plusSeconds(1).toEpochMilli());

        assertThat(first.get("count").asInt()).isEqualTo(2);
        assertThat(first.get("pageSize").asInt()).isEqualTo(1);
        assertThat(values(first.get("data"), "id")).containsExactly(phone);
        assertThat(values(second.get("data"), "id")).containsExactly(laptop);
        assertThat(values(earlier.get("data"), "id")).containsExactly(laptop);
        JsonNode session = second.at("/data/0");
        assertThat(fields(session))
                .containsExactlyInAnyOrder(
                        "id",
                        "websiteId",
                        "hostname",
                        "browser",
                        "os",
                        "device",
                        "screen",
                        "language",
                        "country",
                        "region",
                        "city",
                        "firstAt",
                        "lastAt",
                        "visits",
                        "views",
                        "events",
                        "createdAt");
        assertThat(session.get("views")).isEqualTo(JSON.readTree("1"));
        assertThat(session.get("events")).isEqualTo(JSON.readTree("1"));
        assertThat(session.get("firstAt").asText()).isEqualTo("2026-11-20T12:00:00.000Z");
        assertThat(session.get("device").asText()).isEqualTo("laptop");
    }

    @Test
    void findsSessionsByIdOnlyWhenTheyHaveEvents() throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh());
        send(umami, "event", LAPTOP, Map.of());
        String seen = send(umami, "event", LAPTOP, Map.of("id", "ada"));
        send(umami, "identify", LAPTOP, Map.of("id", "unseen"));

        assertThat(values(read(umami, "/sessions?distinctId=ada&" + ALL_TIME).get("data"), "id"))
                .containsExactly(seen);
        assertThat(read(umami, "/sessions?distinctId=ad&" + ALL_TIME).get("data"))
                .isEmpty();
        assertThat(values(read(umami, "/sessions?search=AD&" + ALL_TIME).get("data"), "id"))
                .containsExactly(seen);
        assertThat(read(umami, "/sessions?distinctId=unseen&" + ALL_TIME).get("data"))
                .isEmpty();
    }

    @Test
    void answersOneSessionWithItsNumbersAsText() throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh());
        String id = send(umami, "event", LAPTOP, Map.of("id", "ada"));
        send(umami, "event", LAPTOP, Map.of("id", "ada", "url", "/pricing"));

        JsonNode session = read(umami, "/sessions/" + id + "?" + ALL_TIME);
        JsonNode unknown = read(umami, "/sessions/" + UUID.randomUUID() + "?" + ALL_TIME);

        assertThat(session.get("views")).isEqualTo(JSON.readTree("\"2\""));
        assertThat(session.get("visits")).isEqualTo(JSON.readTree("\"1\""));
        assertThat(session.get("totaltime")).isEqualTo(JSON.readTree("\"1\""));
        assertThat(session.get("distinctId").asText()).isEqualTo("ada");
        assertThat(session.get("id").asText()).isEqualTo(id);
        assertThat(unknown.isNull()).isTrue();
    }

    @Test
    void answersTheNewestFiveHundredEventsOfASession() throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh());
        String session = send(umami, "event", LAPTOP, Map.of("url", "/?utm_source=x", "referrer", "https://t.co/a"));
        send(umami, "event", LAPTOP, Map.of("name", "cta", "data", Map.of("button", "go")));
        database.execute("""
                INSERT INTO website_event (event_id, website_id, session_id, visit_id, created_at, url_path)
                SELECT gen_random_uuid(), '%1$s', '%2$s', gen_random_uuid(),
                       timestamptz '2026-11-21 00:00:00Z' + n * interval '1 s', '/' || n
                FROM generate_series(1, 600) AS n
                """.formatted(website, session));

        JsonNode all = read(umami, "/sessions/" + session + "/activity?" + ALL_TIME);
        JsonNode old = read(
                umami,
                "/sessions/" + session + "/activity?startAt=0&endAt="
                        + Instant.parse("2026-11-21T00:00:00Z").toEpochMilli());

        assertThat(all).hasSize(500);
        assertThat(all.get(0).get("urlPath").asText()).isEqualTo("/600");
        assertThat(all.get(499).get("urlPath").asText()).isEqualTo("/101");
        assertThat(values(old, "eventName")).containsExactly("cta", "null");
        assertThat(values(old, "hasData")).containsExactly("true", "false");
        assertThat(old.get(1).get("urlQuery").asText()).isEqualTo("utm_source=x");
        assertThat(fields(old.get(1)))
                .containsExactlyInAnyOrder(
                        "createdAt",
                        "urlPath",
                        "urlQuery",
                        "referrerDomain",
                        "eventId",
                        "eventType",
                        "eventName",
                        "visitId",
                        "hostname",
                        "hasData");
    }

    @Test
    void answersWhatWasIdentified() throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh());
        String session =
                send(umami, "identify", LAPTOP, Map.of("data", new TreeMap<>(Map.of("userId", "u1", "age", 42))));

        JsonNode properties = read(umami, "/sessions/" + session + "/properties");

        assertThat(values(properties, "dataKey")).containsExactly("age", "userId");
        assertThat(values(properties, "stringValue")).containsExactly("42.0000", "u1");
        assertThat(fields(properties.get(0)))
                .containsExactlyInAnyOrder(
                        "dataKey", "dataType", "stringValue", "numberValue", "dateValue", "createdAt");
    }

    @Test
    void answersTheTrailOfAnIdInOneCall() throws Exception {
        UmamiStandIn umami = start(ApiOptions.fresh());
        send(umami, "event", LAPTOP, Map.of());
        String session = send(umami, "event", PHONE, Map.of("id", "ada?", "url", "/a", "title", "A"));
        send(umami, "event", PHONE, Map.of("id", "ada?", "url", "/b"));

        JsonNode trail = read(
                umami,
                "/events?distinctId=" + URLEncoder.encode("ada?", StandardCharsets.UTF_8) + "&pageSize=50&" + ALL_TIME);

        assertThat(values(trail.get("data"), "urlPath")).containsExactly("/b", "/a");
        assertThat(values(trail.get("data"), "sessionId")).containsOnly(session);
        assertThat(values(trail.get("data"), "device")).containsOnly("mobile");
        assertThat(trail.at("/data/1/pageTitle").asText()).isEqualTo("A");
    }

    @ParameterizedTest
    @EnumSource
    void answersOnEveryGenerationOfTheSchema(Semantics semantics) throws Exception {
        database = opened(TestPostgres.shared().createDatabase("rest"));
        semantics.schema().create(database);
        website = UmamiSchema.addWebsite(database, "Example", "example.test");
        UmamiStandIn umami = start(ApiOptions.fresh(), semantics);
        String session = send(umami, "event", LAPTOP, Map.of());

        assertThat(values(read(umami, "/sessions?" + ALL_TIME).get("data"), "hostname"))
                .containsExactly("example.test");
        assertThat(read(umami, "/sessions/" + session + "?" + ALL_TIME)
                        .get("hostname")
                        .asText())
                .isEqualTo("example.test");
        assertThat(values(read(umami, "/sessions/" + session + "/activity?" + ALL_TIME), "hostname"))
                .containsExactly("example.test");
        assertThat(read(umami, "/events?" + ALL_TIME).get("count").asInt()).isEqualTo(1);
    }
}
