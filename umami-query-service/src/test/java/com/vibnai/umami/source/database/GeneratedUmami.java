package com.vibnai.umami.source.database;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.generator.Generated;
import com.vibnai.testkit.generator.Generator;
import com.vibnai.testkit.generator.GeneratorSettings;
import com.vibnai.testkit.generator.Progress;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.identity.Ownership;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.EventSource;
import com.vibnai.umami.source.Segment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** A database full of generated visitors, their links, and a source on it. */
public final class GeneratedUmami implements AutoCloseable {

    /** The rule of ownership, said once more in SQL, event by event. */
    private static final String OWNED = """
            CREATE TABLE owned AS
            SELECT event.*, coalesce(
                (SELECT user_id FROM link
                 WHERE link.session_id = event.session_id AND kind = 'identified'
                 ORDER BY occurred_at, coalesce(from_at, '-infinity'), user_id COLLATE "C" LIMIT 1),
                (SELECT user_id FROM link
                 WHERE link.session_id = event.session_id AND kind = 'before_login'
                     AND event.created_at >= coalesce(from_at, '-infinity') - interval '5 seconds'
                     AND event.created_at < occurred_at + interval '5 seconds'
                 ORDER BY occurred_at, coalesce(from_at, '-infinity'), user_id COLLATE "C" LIMIT 1),
                (SELECT user_id FROM link
                 WHERE link.session_id = event.session_id AND kind = 'session' AND occurred_at <= event.created_at
                 ORDER BY occurred_at DESC, coalesce(from_at, '-infinity') DESC, user_id COLLATE "C" DESC LIMIT 1),
                (SELECT user_id FROM (
                    SELECT * FROM link
                    WHERE link.session_id = event.session_id AND kind = 'session'
                    ORDER BY occurred_at, coalesce(from_at, '-infinity'), user_id COLLATE "C" LIMIT 1) AS first
                 WHERE event.created_at >= coalesce(from_at, '-infinity'))) AS owner
            FROM website_event AS event
            WHERE event_type IN (1, 2);
            CREATE INDEX ON owned (owner);
            ANALYZE owned
            """;

    static final Duration GRACE = Duration.ofSeconds(5);

    final DatabaseWorld world;
    final List<Generated.User> users;
    private final Map<UUID, List<Claim>> claims;

    public GeneratedUmami(UmamiSchema schema, long events, Map<String, String> settings) throws SQLException {
        this.world = new DatabaseWorld(schema, settings);
        Queue<Generated.Link> links = new ConcurrentLinkedQueue<>();
        Generated made = new Generator(
                        world.database::connect, GeneratorSettings.of(events, Instant.parse("2026-06-01T00:00:00Z"), 7))
                .generate(links::add, new Progress(events, line -> {}));
        this.users = made.sample().stream()
                .sorted(Comparator.comparing(Generated.User::userId))
                .toList();
        this.claims = links.stream()
                .map(GeneratedUmami::claim)
                .collect(Collectors.groupingBy(Claim::sessionId, TreeMap::new, Collectors.toList()));
    }

    /** Adds visitors of another website. */
    public void grow(long events) throws SQLException {
        new Generator(world.database::connect, GeneratorSettings.of(events, Instant.parse("2026-06-01T00:00:00Z"), 8))
                .generate(link -> {}, new Progress(events, line -> {}));
    }

    /** The user's stretches, by the links of everybody. */
    List<Segment> segmentsOf(Generated.User user) {
        Set<UUID> sessions =
                user.links().stream().map(Generated.Link::sessionId).collect(Collectors.toSet());
        List<Segment> segments = new ArrayList<>();
        sessions.forEach(
                session -> segments.addAll(new Ownership(claims.get(session), GRACE).segmentsOf(user.userId())));
        return segments;
    }

    /** Where the rows are. */
    public TestDatabase database() {
        return world.database;
    }

    /** A source on it. */
    public EventSource source() {
        return world.source;
    }

    /** The first website. */
    public UUID website() {
        return GeneratorSettings.websiteOf(7);
    }

    /** All sessions that somebody is linked to. */
    public Set<UUID> sessions() {
        return claims.keySet();
    }

    /** Some of those who signed up. */
    public List<Generated.User> users() {
        return users;
    }

    /** All stretches of a session, by the user whose each is. */
    public Map<String, List<Segment>> ownersOf(UUID session) {
        List<Claim> said = claims.getOrDefault(session, List.of());
        return said.stream().map(Claim::userId).distinct().collect(Collectors.toMap(user -> user, user -> new Ownership(
                        said, GRACE)
                .segmentsOf(user)));
    }

    /** Writes events and their owners to a table {@code owned}, by the plainest SQL. */
    public void writeOwners() throws SQLException {
        writeLinks();
        world.database.execute(OWNED);
    }

    private void writeLinks() throws SQLException {
        world.database.execute("CREATE TABLE link (user_id text, session_id uuid, kind text, from_at timestamptz,"
                + " occurred_at timestamptz)");
        try (Connection connection = world.database.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO link VALUES (?, ?, ?, ?, ?)")) {
            for (Claim claim : claims.values().stream().flatMap(List::stream).toList()) {
                insert.setString(1, claim.userId());
                insert.setObject(2, claim.sessionId());
                insert.setString(3, claim.kind().name().toLowerCase(Locale.ROOT));
                insert.setObject(4, claim.from() == null ? null : claim.from().atOffset(ZoneOffset.UTC));
                insert.setObject(5, claim.occurredAt().atOffset(ZoneOffset.UTC));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        world.database.execute("CREATE INDEX ON link (session_id); ANALYZE link");
    }

    @Override
    public void close() {
        world.close();
    }

    private static Claim claim(Generated.Link link) {
        return new Claim(
                link.userId(),
                link.websiteId(),
                link.sessionId(),
                Claim.Kind.valueOf(link.kind().toUpperCase(Locale.ROOT)),
                link.from(),
                link.occurredAt());
    }
}
