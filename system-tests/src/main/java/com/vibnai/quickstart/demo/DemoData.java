package com.vibnai.quickstart.demo;

import com.vibnai.testkit.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A few hundred users of the last weeks, the same at every start but for the dates: their histories as Umami would have
 * stored them, their signups through attribution-service's own API.
 */
public final class DemoData {

    /** A user that is always there. */
    public static final String FIRST_USER = "ada-lovelace";

    private static final int USERS = 300;
    private static final int DAYS = 42;
    private static final int AT_ONCE = 16;

    private static final List<Origin> ORIGINS = List.of(
            new Origin("google", "cpc", "brand", "Cj0KCQ", "www.google.com"),
            new Origin("google", "cpc", "self-hosted-analytics", "EAIaIQ", "www.google.com"),
            new Origin("newsletter", "email", "october", null, null),
            new Origin("twitter", "social", "launch", null, "t.co"),
            new Origin("linkedin", "paid_social", "founders", null, "www.linkedin.com"),
            new Origin("producthunt", "referral", "launch-day", null, "www.producthunt.com"),
            new Origin(null, null, null, null, "www.google.com"),
            new Origin(null, null, null, null, "news.ycombinator.com"),
            new Origin(null, null, null, null, "chatgpt.com"),
            new Origin(null, null, null, null, null));

    private static final List<Device> DEVICES = List.of(
            new Device("laptop", "chrome", "Mac OS", "1512x982"),
            new Device("laptop", "firefox", "Linux", "1920x1080"),
            new Device("desktop", "edge-chromium", "Windows 10", "2560x1440"),
            new Device("mobile", "ios", "iOS", "390x844"),
            new Device("mobile", "chrome", "Android OS", "412x915"));

    private static final List<String> COUNTRIES = List.of("DE", "US", "GB", "FR", "NL", "IN", "BR");
    private static final List<String> BEFORE = List.of("/pricing", "/docs", "/", "/pricing", "/docs");
    private static final List<String> AFTER = List.of("/app", "/settings", "/app", "/docs");
    private static final List<String> NAMES =
            List.of("grace", "alan", "edsger", "barbara", "donald", "margaret", "dennis", "radia", "ken", "frances");

    private final TestDatabase umami;
    private final UUID website;
    private final Map<String, String> values;
    private final Random random = new Random(42);
    private final HttpClient http = HttpClient.newHttpClient();

    /** Writes into {@code umami} and to the attribution-service of {@code values}. */
    public DemoData(TestDatabase umami, UUID website, Map<String, String> values) {
        this.umami = umami;
        this.website = website;
        this.values = values;
    }

    /** Writes all of it. */
    public void write(Consumer<String> progress) {
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            visitors.add(visitor(i));
        }
        try (Connection connection = umami.connect()) {
            connection.setAutoCommit(false);
            for (Visitor visitor : visitors) {
                history(connection, visitor);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the demo histories cannot be written", e);
        }
        signUp(visitors);
        progress.accept("  " + USERS + " users of the last " + DAYS + " days");
    }

    private record Origin(
            @Nullable String source,
            @Nullable String medium,
            @Nullable String campaign,
            @Nullable String gclid,
            @Nullable String referrer) {}

    private record Device(String device, String browser, String os, String screen) {}

    private record Visitor(
            String user,
            Origin origin,
            Device device,
            String country,
            Instant firstSeen,
            Instant signedUp,
            UUID session) {

        String query() {
            return origin.source == null
                    ? ""
                    : "utm_source=" + origin.source + "&utm_medium=" + origin.medium + "&utm_campaign="
                            + origin.campaign + (origin.gclid == null ? "" : "&gclid=" + origin.gclid);
        }
    }

    private Visitor visitor(int number) {
        Instant firstSeen = Instant.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .minus(Duration.ofMinutes(60 + random.nextInt(DAYS * 24 * 60)));
        return new Visitor(
                number == 0 ? FIRST_USER : NAMES.get(number % NAMES.size()) + "-" + number,
                ORIGINS.get(number == 0 ? 0 : random.nextInt(ORIGINS.size())),
                DEVICES.get(random.nextInt(DEVICES.size())),
                COUNTRIES.get(random.nextInt(COUNTRIES.size())),
                firstSeen,
                firstSeen.plusSeconds(120 + random.nextInt(1800)),
                UUID.randomUUID());
    }

    private void history(Connection connection, Visitor visitor) throws SQLException {
        session(connection, visitor, visitor.session, null);
        UUID visit = UUID.randomUUID();
        event(connection, visitor, visitor.session, visit, visitor.firstSeen, "/", visitor.query());
        int before = 1 + random.nextInt(BEFORE.size());
        long gap = Duration.between(visitor.firstSeen, visitor.signedUp).toSeconds() / (before + 2);
        for (int i = 0; i < before; i++) {
            event(
                    connection,
                    visitor,
                    visitor.session,
                    visit,
                    visitor.firstSeen.plusSeconds(gap * (i + 1)),
                    BEFORE.get(i),
                    "");
        }
        event(connection, visitor, visitor.session, visit, visitor.signedUp.minusSeconds(20), "/signup", "");
        UUID own = own(visitor);
        session(connection, visitor, own, visitor.user);
        Instant at = visitor.signedUp.plusSeconds(10);
        for (int i = 0; i < 1 + random.nextInt(12) && at.isBefore(Instant.now()); i++) {
            event(connection, visitor, own, visit, at, AFTER.get(i % AFTER.size()), "");
            at = at.plusSeconds(15 + random.nextInt(600));
        }
    }

    /** The session that carries the user's id. */
    private static UUID own(Visitor visitor) {
        return UUID.nameUUIDFromBytes(("own " + visitor.session).getBytes(StandardCharsets.UTF_8));
    }

    private void session(Connection connection, Visitor visitor, UUID session, @Nullable String distinctId)
            throws SQLException {
        insert(
                connection,
                "INSERT INTO session (session_id, website_id, browser, os, device, screen, language, country, created_at,"
                        + " distinct_id) VALUES (?, ?, ?, ?, ?, ?, 'en-US', ?, ?, ?)",
                session,
                website,
                visitor.device.browser,
                visitor.device.os,
                visitor.device.device,
                visitor.device.screen,
                visitor.country,
                Timestamp.from(visitor.firstSeen),
                distinctId);
    }

    private void event(
            Connection connection, Visitor visitor, UUID session, UUID visit, Instant at, String path, String query)
            throws SQLException {
        boolean landing = at.equals(visitor.firstSeen);
        Origin origin = visitor.origin;
        insert(
                connection,
                "INSERT INTO website_event (event_id, website_id, session_id, visit_id, created_at, url_path, url_query,"
                        + " referrer_domain, page_title, event_type, hostname, utm_source, utm_medium, utm_campaign, gclid)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'localhost', ?, ?, ?, ?)",
                UUID.randomUUID(),
                website,
                session,
                visit,
                Timestamp.from(at),
                path,
                query.isEmpty() ? null : query,
                landing ? origin.referrer : null,
                "Acme",
                landing ? origin.source : null,
                landing ? origin.medium : null,
                landing ? origin.campaign : null,
                landing ? origin.gclid : null);
    }

    private static void insert(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private void signUp(List<Visitor> visitors) {
        for (int start = 0; start < visitors.size(); start += AT_ONCE) {
            visitors.subList(start, Math.min(start + AT_ONCE, visitors.size())).stream()
                    .map(this::signUp)
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    private CompletableFuture<Void> signUp(Visitor visitor) {
        Origin origin = visitor.origin;
        String query = visitor.query();
        JsonObject signup = new JsonObject()
                .put("user_id", visitor.user)
                .put("utm_source", origin.source)
                .put("utm_medium", origin.medium)
                .put("utm_campaign", origin.campaign)
                .put("gclid", origin.gclid)
                .put("referrer", origin.referrer == null ? null : "https://" + origin.referrer + "/")
                .put("landing_page", values.get("DEMO_SITE_URL") + "/" + (query.isEmpty() ? "" : "?" + query))
                .put("first_seen_at", visitor.firstSeen)
                .put("signed_up_at", visitor.signedUp)
                .put(
                        "umami",
                        new JsonObject()
                                .put("website_id", website.toString())
                                .put("session_id", visitor.session.toString()));
        JsonObject link = new JsonObject()
                .put("user_id", visitor.user)
                .put("website_id", website.toString())
                .put("session_id", own(visitor).toString())
                .put("kind", "identified")
                .put("occurred_at", visitor.signedUp);
        return post("/v1/attributions", signup)
                .thenCompose(done -> post("/v1/identity-links", link))
                .thenCompose(done -> customer(visitor)
                        ? post("/v1/conversions", conversion(visitor))
                        : CompletableFuture.<Void>completedFuture(null));
    }

    /** Some who came from a search or a newsletter, fewer of the others, once they have had the time. */
    private static boolean customer(Visitor visitor) {
        boolean likely = "google".equals(visitor.origin.source) || "newsletter".equals(visitor.origin.source);
        return Math.floorMod(visitor.user.hashCode(), likely ? 3 : 7) == 0
                && boughtAt(visitor).isBefore(Instant.now());
    }

    private static Instant boughtAt(Visitor visitor) {
        return visitor.signedUp.plus(Duration.ofHours(2 + Math.floorMod(visitor.user.hashCode(), 90)));
    }

    private static JsonObject conversion(Visitor visitor) {
        boolean team = Math.floorMod(visitor.user.hashCode(), 2) == 0;
        return new JsonObject()
                .put("idempotency_key", "demo-" + visitor.user)
                .put("user_id", visitor.user)
                .put("name", "subscription")
                .put("occurred_at", boughtAt(visitor))
                .put("value", team ? "149.00" : "29.00")
                .put("currency", visitor.country.equals("US") ? "USD" : "EUR")
                .put("properties", new JsonObject().put("plan", team ? "team" : "solo"));
    }

    private CompletableFuture<Void> post(String path, JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(values.get("ATTRIBUTION_URL") + path))
                .header("Authorization", "Bearer " + values.get("SERVER_KEY"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenAccept(answer -> {
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(
                        "demo data: " + path + " answered " + answer.statusCode() + " " + answer.body());
            }
        });
    }
}
