package com.vibnai.attribution.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.flywaydb.core.Flyway;

/** The function that the database reads segments with in bulk says what {@link Ownership} says, for any set of links. */
class SegmentsInSqlPropertyTest {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static TestDatabase database;
    private static Connection connection;

    @BeforeContainer
    static void migrate() throws SQLException {
        database = TestPostgres.shared().createDatabase("segments");
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                // As the service does: a lock in a transaction would wait for itself where an index is built
                // concurrently.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
        connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    @AfterContainer
    static void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Property(tries = 300)
    void agreesWithTheRuleInJava(@ForAll("links") List<Link> first, @ForAll("links") List<Link> second)
            throws SQLException {
        // Given
        List<Link> one = in(new SessionKey(UUID.randomUUID(), UUID.randomUUID()), first);
        List<Link> two = in(new SessionKey(UUID.randomUUID(), UUID.randomUUID()), second);
        for (Link link : one) {
            store(link);
        }
        for (Link link : two) {
            store(link);
        }

        // When
        List<String> read = read(one, two);

        // Then
        List<String> expected = new ArrayList<>(expected(one));
        expected.addAll(expected(two));
        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<Link> in(SessionKey session, List<Link> links) {
        return links.stream()
                .map(link -> new Link(
                        UUID.randomUUID(), link.userId(), session, null, link.kind(), link.from(), link.occurredAt()))
                .toList();
    }

    private static List<String> expected(List<Link> links) {
        Ownership ownership = new Ownership(links, GRACE);
        return ownership.segments().stream()
                .map(segment -> text(segment.link().id(), segment.from(), segment.until(), ownership.isShared()))
                .toList();
    }

    private static void store(Link link) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO identity_links (
                    link_id, user_id, website_id, session_id, kind, claimed_from, occurred_at, trust, source)
                VALUES (?, ?, ?, ?, ?, ?, ?, 'server', 'server')
                """)) {
            insert.setObject(1, link.id());
            insert.setString(2, link.userId());
            insert.setObject(3, link.session().websiteId());
            insert.setObject(4, link.session().sessionId());
            insert.setString(5, link.kind().label());
            insert.setObject(6, link.from() == null ? null : link.from().atOffset(ZoneOffset.UTC));
            insert.setObject(7, link.occurredAt().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static List<String> read(List<Link> one, List<Link> two) throws SQLException {
        List<SessionKey> sessions = new ArrayList<>();
        one.forEach(link -> sessions.add(link.session()));
        two.forEach(link -> sessions.add(link.session()));
        List<String> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT * FROM identity_segments(?, ?, make_interval(secs => " + GRACE.toSeconds() + "))")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", sessions.stream().map(SessionKey::websiteId).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid", sessions.stream().map(SessionKey::sessionId).toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(text(
                            rows.getObject("link_id", UUID.class),
                            instant(rows, "valid_from"),
                            instant(rows, "valid_until"),
                            rows.getBoolean("shared")));
                }
            }
        }
        return found;
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String text(UUID link, Instant from, Instant until, boolean shared) {
        return link + " from " + from + " until " + until + (shared ? " shared" : "");
    }

    /** A link that is sent twice is one link, so no two are the same. */
    @Provide
    Arbitrary<List<Link>> links() {
        return link().list()
                .ofMaxSize(8)
                .uniqueElements(link -> link.userId()
                        + link.kind()
                        + (link.kind() == LinkKind.IDENTIFIED
                                ? ""
                                : link.occurredAt().toString()));
    }

    private static Arbitrary<Link> link() {
        Arbitrary<String> users = Arbitraries.of("ada", "bob", "eve");
        Arbitrary<LinkKind> kinds = Arbitraries.frequency(
                Tuple.of(1, LinkKind.IDENTIFIED), Tuple.of(6, LinkKind.BEFORE_LOGIN), Tuple.of(6, LinkKind.SESSION));
        Arbitrary<Instant> times = Arbitraries.integers().between(0, 60).map(START::plusSeconds);
        Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 30).injectNull(0.2);
        return Combinators.combine(users, kinds, times, lengths)
                .as((user, kind, at, length) -> new Link(
                        new UUID(0, 0),
                        user,
                        new SessionKey(new UUID(0, 0), new UUID(0, 0)),
                        null,
                        kind,
                        length == null ? null : at.minusSeconds(length),
                        at));
    }
}
