package com.vibnai.umami.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.source.Action;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.Occurrences;
import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.SessionTotals;
import com.vibnai.umami.source.Totals;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A user with 200,000 events and one with 5,000 sessions get an answer, whole or said to be cut. */
class BoundedWorkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EVENTS = 200_000;
    private static final int SESSIONS = 5_000;
    private static final Instant LAST = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(EVENTS);

    private static DatabaseWorld world;

    @BeforeAll
    static void fill() {
        world = new DatabaseWorld(UmamiSchema.V3_1, Map.of());
        UUID site = world.rows.website;
        world.database.execute("""
                INSERT INTO session (session_id, website_id, device, browser)
                SELECT md5('busy')::uuid, '%1$s'::uuid, 'laptop', 'chrome';
                INSERT INTO website_event (event_id, website_id, session_id, visit_id, created_at, url_path, event_type)
                SELECT gen_random_uuid(), '%1$s', md5('busy')::uuid, md5('visit' || i / 50)::uuid,
                       timestamptz '2026-01-01Z' + i * interval '1 second', '/' || i %% 20, 1 + (i %% 10 = 0)::int
                FROM generate_series(1, %2$d) AS i;
                INSERT INTO session (session_id, website_id, device, browser)
                SELECT md5('many' || i)::uuid, '%1$s', 'mobile', 'ios' FROM generate_series(1, %3$d) AS i;
                INSERT INTO website_event (event_id, website_id, session_id, visit_id, created_at, url_path, event_type)
                SELECT gen_random_uuid(), '%1$s', md5('many' || i)::uuid, md5('many' || i)::uuid,
                       timestamptz '2026-01-01Z' + (i * 10 + j) * interval '1 minute', '/' || j, 1
                FROM generate_series(1, %3$d) AS i, generate_series(1, 5) AS j;
                ANALYZE
                """.formatted(site, EVENTS, SESSIONS));
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private static List<Segment> busy() throws SQLException {
        return segments("SELECT md5('busy')::uuid");
    }

    private static List<Segment> many() throws SQLException {
        return segments("SELECT md5('many' || i)::uuid FROM generate_series(1, " + SESSIONS + ") AS i");
    }

    private static List<Segment> segments(String sql) throws SQLException {
        List<Segment> segments = new ArrayList<>();
        try (Connection connection = world.database.connect();
                PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                segments.add(new Segment(world.rows.website, rows.getObject(1, UUID.class), null, null, false));
            }
        }
        return segments;
    }

    @Test
    void countsTwoHundredThousandEvents() throws SQLException {
        Totals totals = answer(world.source.totals(busy(), null));

        assertThat(totals.pageviews() + totals.events()).isEqualTo(EVENTS);
        assertThat(totals.visits()).isEqualTo(EVENTS / 50 + 1);
        assertThat(totals.truncated()).isFalse();
        assertThat(totals.lastAt()).isEqualTo(LAST);
    }

    @Test
    void saysWhereItStoppedCounting() throws SQLException {
        try (DatabaseWorld bounded = new DatabaseWorld(world, Map.of("umami.query.events", "1000"))) {
            Totals totals = answer(bounded.source.totals(busy(), null));
            List<SessionTotals> sessions = answer(bounded.source.sessions(many(), null, 501));

            assertThat(totals.truncated()).isTrue();
            assertThat(totals.pageviews() + totals.events()).isBetween(1000L, 1001L);
            assertThat(totals.firstAt()).isEqualTo("2026-01-01T00:00:01Z");
            assertThat(totals.lastAt()).isEqualTo(LAST);
            assertThat(sessions).hasSize(501).allMatch(SessionTotals::truncated);
        }
    }

    @Test
    void showsTheLatestEventsOfFiveThousandSessions() throws SQLException {
        List<Event> events = answer(world.source.latest(many(), null, 201));
        List<SessionTotals> sessions = answer(world.source.sessions(many(), null, 501));
        Totals totals = answer(world.source.totals(many(), null));

        assertThat(events).hasSize(201);
        assertThat(events.get(0).urlPath()).isEqualTo("/5");
        assertThat(sessions).hasSize(501).allMatch(session -> session.pageviews() == 5);
        assertThat(totals.sessions()).isEqualTo(SESSIONS);
        assertThat(totals.pageviews()).isEqualTo(5 * SESSIONS);
    }

    @Test
    void walksThroughAsManyEventsOfASiteAsItMayAndSaysHowFarItCame() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        List<Action> rare =
                List.of(new Action(Action.Kind.PATH, "/nobody-goes-there"), new Action(Action.Kind.VISIT, ""));
        List<UUID> sites = List.of(world.rows.website);
        Instant end = Instant.parse("2027-01-01T00:00:00Z");
        try (DatabaseWorld few = new DatabaseWorld(world, Map.of("umami.query.site-events", "1000"));
                DatabaseWorld fewFound = new DatabaseWorld(world, Map.of("umami.query.events", "1000"))) {
            Occurrences walked = answer(few.source.occurrences(sites, rare, start, end, end));
            Occurrences kept = answer(fewFound.source.occurrences(sites, rare, start, end, end));
            Occurrences shared = answer(
                    few.source.occurrences(List.of(world.rows.website, UUID.randomUUID()), rare, start, end, end));

            assertThat(walked.found()).hasSizeBetween(500, 1000).allMatch(one -> one.actions() == 2);
            assertThat(walked.readUntil()).isBefore(start.plusSeconds(1001));
            assertThat(walked.found()).allMatch(one -> one.at().isBefore(walked.readUntil()));
            assertThat(kept.found()).hasSizeBetween(900, 1000);
            assertThat(kept.readUntil()).isAfter(walked.readUntil());
            assertThat(shared.readUntil()).isBefore(walked.readUntil());
        }
    }

    private static <T> T answer(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
