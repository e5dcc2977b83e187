package com.vibnai.umami.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.generator.Generated;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.SessionPosition;
import com.vibnai.umami.source.SessionTotals;
import com.vibnai.umami.source.Totals;
import com.vibnai.umami.source.Window;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is answered for 500 users equals what the plainest SQL says of a table in which every event has its owner written
 * beside it. The data has shared sessions, sessions that turn with the month, and many events at the same instant.
 */
class OracleTest {

    private static final long EVENTS = 40_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"V3_1, 500", "V2_13, 100"})
    void agreesWithTheNaiveOracle(UmamiSchema schema, int usersAsked) throws SQLException {
        // Given
        try (GeneratedUmami umami = new GeneratedUmami(schema, EVENTS, Map.of());
                Connection oracle = umami.world.database.connect()) {
            umami.world.database.execute("UPDATE website_event SET created_at = date_trunc('hour', created_at)"
                    + " WHERE hashtext(session_id::text) % 3 = 0; ANALYZE website_event");
            umami.writeOwners();
            List<Generated.User> users = umami.users.subList(0, Math.min(usersAsked, umami.users.size()));
            assertThat(users).hasSize(usersAsked);
            assertThat(count(
                            oracle,
                            "SELECT count(*) FROM (SELECT session_id FROM owned GROUP BY session_id"
                                    + " HAVING count(DISTINCT owner) > 1) AS shared"))
                    .as("sessions with two owners")
                    .isPositive();
            assertThat(count(
                            oracle,
                            "SELECT count(*) FROM (SELECT owner FROM owned GROUP BY owner, created_at"
                                    + " HAVING count(*) > 1) AS ties"))
                    .as("events at the same instant")
                    .isPositive();
            Random random = new Random(11);
            for (Generated.User user : users) {
                // When, then
                agrees(umami, oracle, user, random.nextInt(4) == 0 ? window(random) : null, random);
            }
        }
    }

    private static Window window(Random random) {
        Instant from = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofHours(random.nextInt(3000)));
        return new Window(null, from, from.plus(Duration.ofHours(1 + random.nextInt(1500))));
    }

    private static void agrees(
            GeneratedUmami umami, Connection oracle, Generated.User user, @Nullable Window window, Random random)
            throws SQLException {
        List<Segment> all = umami.segmentsOf(user);
        List<Segment> segments = window == null ? all : window.of(all);
        List<UUID> trail = ids(
                oracle, "SELECT event_id FROM owned WHERE %s ORDER BY created_at DESC, event_id DESC", user, window);
        if (segments.isEmpty()) {
            assertThat(trail).as(user.userId()).isEmpty();
            return;
        }
        DatabaseSource source = umami.world.source;
        int size = trail.size() > 200 ? 200 : 2 + random.nextInt(12);

        assertThat(pages(source, segments, size))
                .as("trail of " + user.userId())
                .isEqualTo(trail);
        assertThat(sessions(source, segments, 1 + random.nextInt(3)))
                .as("sessions of " + user.userId())
                .isEqualTo(ids(
                        oracle,
                        "SELECT session_id FROM owned WHERE %s GROUP BY session_id"
                                + " ORDER BY max(created_at) DESC, session_id DESC",
                        user,
                        window));
        totalsAgree(answer(source.totals(segments, user.signedUpAt())), oracle, user, window);
    }

    private static void totalsAgree(Totals totals, Connection oracle, Generated.User user, @Nullable Window window)
            throws SQLException {
        try (PreparedStatement query = query(
                        oracle,
                        "SELECT count(DISTINCT session_id), count(DISTINCT visit_id),"
                                + " count(*) FILTER (WHERE event_type = 1), count(*) FILTER (WHERE event_type = 2),"
                                + " count(*) FILTER (WHERE event_type = 1 AND created_at < '" + user.signedUpAt()
                                + "'),"
                                + " min(created_at), max(created_at) FROM owned WHERE %s",
                        user,
                        window);
                ResultSet expected = query.executeQuery()) {
            expected.next();
            assertThat(totals.sessions()).isEqualTo(expected.getInt(1));
            assertThat(totals.visits()).isEqualTo(expected.getInt(2));
            assertThat(totals.pageviews()).isEqualTo(expected.getLong(3));
            assertThat(totals.events()).isEqualTo(expected.getLong(4));
            assertThat(totals.pageviewsBeforeSignup()).isEqualTo(expected.getLong(5));
            assertThat(totals.firstAt()).isEqualTo(instant(expected, 6));
            assertThat(totals.lastAt()).isEqualTo(instant(expected, 7));
            assertThat(totals.truncated()).isFalse();
        }
        List<Totals.PageCount> pages = new ArrayList<>();
        try (PreparedStatement query = query(
                        oracle,
                        "SELECT url_path, count(*) FROM owned WHERE %s AND event_type = 1 GROUP BY url_path"
                                + " ORDER BY count(*) DESC, url_path COLLATE \"C\" LIMIT 10",
                        user,
                        window);
                ResultSet expected = query.executeQuery()) {
            while (expected.next()) {
                pages.add(new Totals.PageCount(expected.getString(1), expected.getLong(2)));
            }
        }
        assertThat(totals.topPages()).isEqualTo(pages);
    }

    private static List<UUID> pages(DatabaseSource source, List<Segment> segments, int size) {
        List<UUID> found = new ArrayList<>();
        EventPosition before = null;
        List<Event> page;
        do {
            page = answer(source.latest(segments, before, size));
            page.forEach(event -> found.add(event.eventId()));
            before = page.isEmpty() ? null : page.get(page.size() - 1).position();
        } while (page.size() == size);
        return found;
    }

    private static List<UUID> sessions(DatabaseSource source, List<Segment> segments, int size) {
        List<UUID> found = new ArrayList<>();
        SessionPosition before = null;
        List<SessionTotals> page;
        do {
            page = answer(source.sessions(segments, before, size));
            page.forEach(session -> found.add(session.sessionId()));
            before = page.isEmpty() ? null : page.get(page.size() - 1).position();
        } while (page.size() == size);
        return found;
    }

    private static PreparedStatement query(Connection oracle, String sql, Generated.User user, @Nullable Window window)
            throws SQLException {
        String condition = window == null
                ? "owner = ?"
                : "owner = ? AND created_at >= '" + window.from() + "' AND created_at < '" + window.to() + "'";
        PreparedStatement query = oracle.prepareStatement(sql.formatted(condition));
        query.setString(1, user.userId());
        return query;
    }

    private static List<UUID> ids(Connection oracle, String sql, Generated.User user, @Nullable Window window)
            throws SQLException {
        List<UUID> found = new ArrayList<>();
        try (PreparedStatement query = query(oracle, sql, user, window);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getObject(1, UUID.class));
            }
        }
        return found;
    }

    private static long count(Connection oracle, String sql) throws SQLException {
        try (PreparedStatement query = oracle.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static <T> T answer(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
