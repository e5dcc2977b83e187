package com.vibnai.umami.source.database;

import com.vibnai.testkit.generator.Generated;
import com.vibnai.testkit.generator.Generator;
import com.vibnai.testkit.generator.GeneratorSettings;
import com.vibnai.testkit.generator.Progress;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.identity.Ownership;
import com.vibnai.umami.source.Claim;
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
final class GeneratedUmami implements AutoCloseable {

    static final Duration GRACE = Duration.ofSeconds(5);

    final DatabaseWorld world;
    final List<Generated.User> users;
    private final Map<UUID, List<Claim>> claims;

    GeneratedUmami(UmamiSchema schema, long events, Map<String, String> settings) throws SQLException {
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
    void grow(long events) throws SQLException {
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

    /** Writes the links to a table {@code link}, for whoever wants to compute with them in SQL. */
    void writeLinks() throws SQLException {
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
