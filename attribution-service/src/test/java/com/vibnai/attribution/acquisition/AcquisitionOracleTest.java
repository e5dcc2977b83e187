package com.vibnai.attribution.acquisition;

import static com.vibnai.attribution.Api.admin;
import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.server;
import static com.vibnai.attribution.Api.signUp;
import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.attribution.AttributionStack;
import com.vibnai.attribution.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every figure of a report equals plain SQL on attributions and conversions, whatever is counted at that time. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@TestProfile(CountedByHand.class)
class AcquisitionOracleTest {

    private static final int USERS = 1200;
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe");
    private static final List<String> BY = List.of(
            "channel",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_content",
            "utm_term",
            "landing_page",
            "referrer_host",
            "trust");
    /** Around changes to and from daylight saving time of all these zones. */
    private static final List<LocalDate> BEGINNINGS = List.of(
            LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 27), LocalDate.of(2026, 9, 28), LocalDate.of(2026, 10, 20));

    private final DataSource database;
    private final Counting counting;
    private final Random random = new Random(42);

    AcquisitionOracleTest(DataSource database, Counting counting) {
        this.database = database;
        this.counting = counting;
    }

    @BeforeEach
    void empty() throws SQLException {
        Sql.execute(database, "DELETE FROM conversions; DELETE FROM attributions; DELETE FROM erased_users");
        count();
        assertThat(ask("SELECT count(*) FROM acquisition_days")).isEqualTo("0");
        assertThat(ask("SELECT count(*) FROM acquisition_touches")).isEqualTo("0");
    }

    private void count() {
        counting.pass().await().atMost(Duration.ofMinutes(1));
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String maybe(String prefix, int many) {
        int number = random.nextInt(many + 1);
        return number == 0 ? null : prefix + number;
    }

    private Instant time() {
        Instant begin = any(BEGINNINGS).atStartOfDay(ZoneOffset.UTC).toInstant();
        return begin.plus(random.nextInt(20 * 24 * 60), ChronoUnit.MINUTES).plusMillis(random.nextInt(60_000));
    }

    private JsonObject touch() {
        return new JsonObject()
                .put("utm_source", maybe("source-", 4))
                .put("utm_medium", maybe("medium-", 2))
                .put("utm_campaign", maybe("Campaign ", 6))
                .put("utm_content", maybe("content-", 2))
                .put("utm_term", maybe("term-", 2))
                .put(
                        "landing_page",
                        any(List.of("https://www.example.com/", "https://www.example.com/a?x=1#y", "/b#z", "?")))
                .put(
                        "referrer",
                        any(List.of("https://www.Google.com/search?q=a|b", "http://news.example.org:8080/", "none")));
    }

    /** Rows as the service may have written them, some of times long ago or unknown. */
    private List<String> addUsers(int many) throws SQLException {
        List<String> users = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO attributions (user_id, channel, utm_source, utm_medium, utm_campaign, utm_content,"
                                + " utm_term, click_ids, landing_page, referrer, first_seen_at, direct, last_touch,"
                                + " last_channel, trust, source, signed_up_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, '{}', ?, ?, ?, ?, ?::jsonb, ?, ?, 'server', ?)")) {
            for (int i = 0; i < many; i++) {
                String user = newUser();
                users.add(user);
                Instant at = time();
                JsonObject first = touch();
                JsonObject last = random.nextInt(3) == 0 ? null : touch();
                List<Object> values = new ArrayList<>();
                values.add(user);
                values.add(maybe("Channel ", 5));
                for (String name : List.of(
                        "utm_source",
                        "utm_medium",
                        "utm_campaign",
                        "utm_content",
                        "utm_term",
                        "landing_page",
                        "referrer")) {
                    values.add(first.getString(name));
                }
                values.add(
                        random.nextInt(5) == 0
                                ? null
                                : at.minusMillis((long) Math.exp(random.nextDouble() * 24) - 5_000)
                                        .atOffset(ZoneOffset.UTC));
                values.add(first.getString("utm_source") == null);
                values.add(last == null ? null : last.encode());
                values.add(last == null ? null : maybe("Channel ", 5));
                values.add(any(List.of("server", "signed", "jwt")));
                values.add(at.atOffset(ZoneOffset.UTC));
                for (int place = 0; place < values.size(); place++) {
                    if (values.get(place) == null) {
                        insert.setNull(place + 1, Types.NULL);
                    } else {
                        insert.setObject(place + 1, values.get(place));
                    }
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return users;
    }

    private void addConversions(List<String> users) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO conversions (conversion_id, idempotency_key, user_id, name, occurred_at, value, currency,"
                                + " properties) VALUES (gen_random_uuid(), gen_random_uuid()::text, ?, ?, ?, ?, ?, '{}')")) {
            for (String user : users) {
                for (int i = random.nextInt(12) - 8; i > 0; i--) {
                    String currency = any(List.of("EUR", "USD", "JPY", ""));
                    insert.setString(1, user);
                    insert.setString(2, any(List.of("purchase", "trial", "upgrade")));
                    insert.setObject(
                            3, time().plus(random.nextInt(200), ChronoUnit.DAYS).atOffset(ZoneOffset.UTC));
                    insert.setBigDecimal(
                            4,
                            currency.isEmpty()
                                    ? null
                                    : any(List.of(
                                            new BigDecimal("999999999999999.9999"),
                                            BigDecimal.valueOf(random.nextInt(100_000) - 10_000, 2),
                                            BigDecimal.valueOf(random.nextInt(100_000), 4))));
                    insert.setString(5, currency.isEmpty() ? null : currency);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    @Test
    void equalsPlainSqlWithDaysThatAreCountedAndDaysThatAreNot() throws Exception {
        // Given
        List<String> users = addUsers(USERS);
        addConversions(users);
        compare(5);
        count();
        assertThat(ask("SELECT count(*) FROM acquisition_marks")).isEqualTo("0");
        assertThat(Integer.parseInt(ask("SELECT count(*) FROM acquisition_days")))
                .isGreaterThan(60);

        // When
        compare(10);
        List<String> later = addUsers(40);
        addConversions(later);
        addConversions(users.subList(0, 60));
        Sql.execute(
                database,
                "UPDATE attributions SET utm_source = 'replaced', direct = false, replaced_at = now() WHERE user_id IN"
                        + " (SELECT user_id FROM attributions WHERE direct ORDER BY user_id LIMIT 20)");
        for (String user : users.subList(100, 110)) {
            admin().delete("/v1/users/{id}", user).then().statusCode(204);
        }
        Sql.execute(database, "SELECT anonymise_records('2026-03-04T00:00:00Z', 30)");

        // Then
        assertThat(Integer.parseInt(ask("SELECT count(DISTINCT day) FROM acquisition_marks")))
                .isBetween(10, 80);
        compare(10);
        count();
        assertThat(ask("SELECT count(*) FROM acquisition_marks")).isEqualTo("0");
        compare(5);
    }

    @Test
    void equalsPlainSqlAfterWritesWhileDaysWereCounted() throws Exception {
        // Given
        AtomicBoolean writing = new AtomicBoolean(true);
        CompletableFuture<Integer> passes = CompletableFuture.supplyAsync(() -> {
            int made = 0;
            while (writing.get()) {
                count();
                made++;
            }
            return made;
        });

        // When
        List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> write(writer)))
                .toList();
        writers.forEach(CompletableFuture::join);
        writing.set(false);

        // Then
        assertThat(passes.join()).isGreaterThan(3);
        compare(3);
        count();
        assertThat(ask("SELECT count(*) FROM acquisition_marks")).isEqualTo("0");
        compare(3);
    }

    /** Signups, conversions before and after them, replaced first touches and erasures, all on a few days. */
    private static void write(int writer) {
        Random own = new Random(writer);
        for (int i = 0; i < 60; i++) {
            String user = newUser();
            Map<String, Object> conversion = Map.of(
                    "idempotency_key",
                    UUID.randomUUID().toString(),
                    "user_id",
                    user,
                    "name",
                    "purchase",
                    "occurred_at",
                    "2026-04-01T10:00:00Z",
                    "value",
                    "1.23",
                    "currency",
                    "EUR");
            String at = "2026-03-0" + (1 + own.nextInt(3)) + "T10:00:00Z";
            if (own.nextBoolean()) {
                server().body(conversion).post("/v1/conversions").then().statusCode(201);
            }
            signUp(Map.of("user_id", user, "signed_up_at", at)).statusCode(201);
            if (own.nextInt(3) == 0) {
                signUp(Map.of("user_id", user, "utm_source", "source-" + writer))
                        .statusCode(200);
            }
            server().body(conversion).post("/v1/conversions");
            if (own.nextInt(5) == 0) {
                admin().delete("/v1/users/{id}", user).then().statusCode(204);
            }
        }
    }

    @Test
    void countsAConversionThatWasWrittenBesideItsUsersSignup() throws Exception {
        try (Connection signup = database.getConnection();
                Connection conversion = database.getConnection()) {
            // Given
            signup.setAutoCommit(false);
            conversion.setAutoCommit(false);
            try (Statement statement = signup.createStatement()) {
                statement.execute(
                        "INSERT INTO attributions (user_id, click_ids, direct, trust, source, signed_up_at) VALUES"
                                + " ('beside', '{}', true, 'server', 'server', '2026-03-02T10:00:00Z')");
            }
            try (Statement statement = conversion.createStatement()) {
                statement.execute("INSERT INTO conversions (conversion_id, idempotency_key, user_id, name, occurred_at,"
                        + " properties) VALUES (gen_random_uuid(), 'k', 'beside', 'purchase', now(), '{}')");
            }
            signup.commit();
            count();

            // When
            conversion.commit();
        }

        // Then
        String query = "/v1/reports/acquisition?from=2026-03-01&to=2026-03-04";
        assertThat((Integer) reader().get(query).path("totals.conversions")).isEqualTo(1);
        count();
        assertThat((Integer) reader().get(query).path("totals.conversions")).isEqualTo(1);
    }

    @Test
    void forgetsWhatNoSignupSaysAnyMore() throws SQLException {
        String user = newUser();
        signUp(Map.of("user_id", user, "landing_page", "https://www.example.com/welcome/grace"))
                .statusCode(201);
        count();
        assertThat(ask("SELECT count(*) FROM acquisition_touches WHERE landing_page LIKE '%grace'"))
                .isEqualTo("1");

        // When
        admin().delete("/v1/users/{id}", user).then().statusCode(204);
        count();

        assertThat(ask("SELECT count(*) FROM acquisition_touches")).isEqualTo("0");
        assertThat(ask("SELECT count(*) FROM acquisition_days")).isEqualTo("0");
    }

    @Test
    void leavesTheCountingToWhoeverIsAtIt() throws SQLException {
        signUp(Map.of("user_id", newUser())).statusCode(201);
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + Counting.LOCK + ")");

            count();

            assertThat(ask("SELECT count(*) FROM acquisition_days")).isEqualTo("0");
            statement.execute("SELECT pg_advisory_unlock(" + Counting.LOCK + ")");
        }
    }

    private void compare(int reports) throws SQLException {
        try (Connection connection = database.getConnection()) {
            NaiveReport naive = new NaiveReport(connection);
            for (int i = 0; i < reports; i++) {
                compare(naive);
            }
        }
    }

    /** One report of random parameters. */
    private void compare(NaiveReport naive) throws SQLException {
        String by = any(BY);
        String zone = any(ZONES);
        String interval = any(List.of("day", "week", "month", "none"));
        LocalDate from = any(BEGINNINGS).plusDays(random.nextInt(8) - 2);
        LocalDate to = from.plusDays(1 + random.nextInt(30));
        if (random.nextInt(4) == 0) {
            from = from.withDayOfMonth(1);
            to = from.plusMonths(1 + random.nextInt(3));
        }
        int limit = 1 + random.nextInt(8);
        List<String> sides = any(List.of(List.of("first"), List.of("last"), List.of("first", "last")));
        boolean compared = random.nextInt(3) > 0;
        RequestSpecification request = reader().queryParams(
                        "by", by, "touch", sides.size() == 2 ? "both" : sides.get(0), "interval", interval)
                .queryParams("time_zone", zone, "from", from.toString(), "to", to.toString(), "limit", limit);
        if (compared) {
            request.queryParam("compare", "previous");
        }
        String filters = "true";
        for (String filtered : new TreeSet<>(List.of(any(BY), any(BY)))) {
            if (random.nextBoolean() && !filtered.equals(by)) {
                String value = ask("SELECT coalesce(" + filtered + ", '') FROM naive_touches ORDER BY md5(user_id || "
                        + random.nextInt() + ") LIMIT 1");
                request.queryParam(filtered, value);
                request.queryParam(filtered, "");
                filters += " AND coalesce(" + filtered + ", '') IN ('', '" + value + "')";
            }
        }
        String conversions = any(List.of("true", "name = 'purchase'", "name IN ('purchase', 'trial')"));
        for (String name : List.of("purchase", "trial")) {
            if (conversions.contains("'" + name + "'")) {
                request.queryParam("conversion", name);
            }
        }
        JsonObject answer = new JsonObject(request.log()
                .uri()
                .get("/v1/reports/acquisition")
                .then()
                .statusCode(200)
                .extract()
                .asString());
        NaiveReport.Question question = new NaiveReport.Question(by, interval, zone, from, to, conversions, filters);
        LocalDate before = from.getDayOfMonth() == 1 && to.getDayOfMonth() == 1
                ? from.minusMonths(ChronoUnit.MONTHS.between(from, to))
                : from.minusDays(ChronoUnit.DAYS.between(from, to));
        check(naive, question, compared ? question.during(before, from) : null, sides, limit, answer);
    }

    private static void check(
            NaiveReport naive,
            NaiveReport.Question question,
            NaiveReport.Question before,
            List<String> sides,
            int limit,
            JsonObject answer)
            throws SQLException {
        Map<String, Long> sizes = new TreeMap<>();
        for (String side : sides) {
            naive.signups(question, side).forEach((value, count) -> sizes.merge(value, count, Long::sum));
            if (before != null) {
                naive.signups(before, side).forEach((value, count) -> sizes.merge(value, 0L, Long::sum));
            }
        }
        List<String> shown = sizes.keySet().stream()
                .sorted(Comparator.comparing((String value) -> -sizes.get(value))
                        .thenComparing(value -> value.equals(NaiveReport.NOTHING))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .toList();
        String of = sizes + " " + question + " " + answer.encode();
        assertThat(values(answer)).as(of).isEqualTo(shown);
        for (String side : List.of("first", "last")) {
            boolean asked = sides.contains(side);
            assertThat(figures(answer, side)).as(of).isEqualTo(asked ? naive.figures(question, side, shown) : Map.of());
            assertThat(trend(answer, side)).as(of).isEqualTo(asked ? naive.trend(question, side, shown) : Map.of());
            assertThat(figures(answer, "previous_" + side))
                    .as(of)
                    .isEqualTo(asked && before != null ? naive.figures(before, side, shown) : Map.of());
        }
        assertThat(total(answer)).as(of).isEqualTo(orNone(naive.figures(question, sides.get(0), List.of())));
        if (before == null) {
            assertThat(answer.getJsonObject("previous")).isNull();
        } else {
            JsonObject previous = answer.getJsonObject("previous");
            assertThat(previous.getString("from")).isEqualTo(before.from().toString());
            assertThat(total(previous)).as(of).isEqualTo(orNone(naive.figures(before, sides.get(0), List.of())));
        }
    }

    private static Map<String, String> total(JsonObject of) {
        return Map.of(NaiveReport.OTHER, text(of.getJsonObject("totals")));
    }

    private static Map<String, String> orNone(Map<String, String> figures) {
        return figures.isEmpty() ? Map.of(NaiveReport.OTHER, NaiveReport.text(0, 0, 0, "", null, null)) : figures;
    }

    private static List<String> values(JsonObject answer) {
        return answer.getJsonArray("groups").stream()
                .map(group -> value((JsonObject) group))
                .toList();
    }

    private static String value(JsonObject group) {
        return group.getString("value") == null ? NaiveReport.NOTHING : group.getString("value");
    }

    /** Groups and the rest, each by its name. */
    private static Map<String, JsonObject> parts(JsonObject answer) {
        Map<String, JsonObject> parts = new TreeMap<>();
        answer.getJsonArray("groups").forEach(group -> parts.put(value((JsonObject) group), (JsonObject) group));
        if (answer.getJsonObject("other") != null) {
            parts.put(NaiveReport.OTHER, answer.getJsonObject("other"));
        }
        return parts;
    }

    /** Plain SQL has no row for what has no signup. */
    private static Map<String, String> figures(JsonObject answer, String name) {
        Map<String, String> figures = new TreeMap<>();
        parts(answer).forEach((value, part) -> {
            JsonObject of = part.getJsonObject(name);
            if (of == null) {
                return;
            }
            if (of.getLong("signups") > 0) {
                figures.put(value, text(of));
            } else {
                assertThat(of.getValue("conversion_rate")).isNull();
            }
        });
        return figures;
    }

    private static String text(JsonObject of) {
        String revenue = of.getJsonArray("revenue").stream()
                .map(JsonObject.class::cast)
                .map(sum -> NaiveReport.money(sum.getString("currency"), new BigDecimal(sum.getString("value"))))
                .collect(Collectors.joining(" "));
        long signups = of.getLong("signups");
        if (signups > 0) {
            assertThat(of.getDouble("conversion_rate")).isEqualTo((double) of.getLong("converted_users") / signups);
        }
        return NaiveReport.text(
                signups,
                of.getLong("converted_users"),
                of.getLong("conversions"),
                revenue,
                number(of, "median_seconds_to_signup"),
                number(of, "median_seconds_to_conversion"));
    }

    private static String number(JsonObject of, String name) {
        return of.getLong(name) == null ? null : of.getLong(name).toString();
    }

    private static Map<String, String> trend(JsonObject answer, String side) {
        Map<String, String> trend = new TreeMap<>();
        JsonArray periods = answer.getJsonArray("periods");
        parts(answer).forEach((value, part) -> {
            JsonObject series = part.getJsonObject("trend").getJsonObject(side);
            for (int i = 0; series != null && i < periods.size(); i++) {
                long signups = series.getJsonArray("signups").getLong(i);
                if (signups > 0) {
                    trend.put(
                            value + " " + periods.getString(i),
                            signups + " "
                                    + series.getJsonArray("converted_users").getLong(i));
                }
            }
        });
        return trend;
    }
}
