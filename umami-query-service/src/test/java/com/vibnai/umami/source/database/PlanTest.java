package com.vibnai.umami.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.generator.Generated;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.UserNames;
import com.vibnai.umami.source.Way;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is asked about a linked user, PostgreSQL finds it by an index. The statements are those that really ran. */
class PlanTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int USERS = 20;
    private static GeneratedUmami umami;

    @BeforeAll
    static void generate() throws Exception {
        umami = new GeneratedUmami(UmamiSchema.V3_3, 150_000, Map.of("umami.query.detect-every", "0s"));
        answer(umami.world.source.describe()).indexes().stream()
                .filter(index -> !index.present())
                .forEach(index -> umami.world.database.execute(index.statement()));
        umami.world.database.execute("ANALYZE");
    }

    @AfterAll
    static void close() {
        umami.close();
    }

    @Test
    void readsEventsOfALinkedUserByIndexAlone() {
        DatabaseSource source = umami.world.source;
        answer(source.describe());
        umami.world.statements.seen.clear();
        for (Generated.User user : umami.users.subList(0, USERS)) {
            List<Segment> segments = umami.segmentsOf(user);
            answer(source.totals(segments, user.signedUpAt()));
            answer(source.first(segments));
            answer(source.sessions(segments, null, 51));
            List<Event> page = answer(source.latest(segments, null, 51));
            if (!page.isEmpty()) {
                answer(source.latest(segments, page.get(page.size() - 1).position(), 51));
                answer(source.data(page));
            }
            answer(source.next(segments, new EventPosition(Instant.EPOCH, new UUID(0, 0)), 51));
        }

        assertNothingIsReadWhole(5 * USERS);
    }

    @Test
    void staysWithTheIndexesForAUserWithThousandsOfSessions() {
        DatabaseSource source = umami.world.source;
        List<Segment> segments = umami.users.stream()
                .flatMap(user -> umami.segmentsOf(user).stream())
                .limit(5000)
                .toList();
        assertThat(segments).hasSizeGreaterThan(1000);
        answer(source.describe());
        umami.world.statements.seen.clear();

        answer(source.totals(segments, null));
        answer(source.latest(segments, null, 201));
        answer(source.sessions(segments, null, 501));

        assertNothingIsReadWhole(3);
    }

    @Test
    void findsSessionsByTheIndexesThatItAskedFor() {
        DatabaseSource source = umami.world.source;
        answer(source.describe());
        umami.world.statements.seen.clear();
        for (Generated.User user : umami.users.subList(0, USERS)) {
            for (Way way : Way.values()) {
                answer(source.claims(way, new UserNames(user.userId()), PATIENCE));
            }
        }

        assertNothingIsReadWhole(3 * USERS);
    }

    private static void assertNothingIsReadWhole(int atLeast) {
        List<Recorder.Statement> ran = umami.world.statements.seen.stream()
                .filter(statement -> !statement.sql().contains("information_schema"))
                .filter(statement -> !statement.sql().contains("pg_index"))
                .filter(statement -> !statement.sql().startsWith("SELECT website_id, name"))
                .toList();
        assertThat(ran).hasSizeGreaterThanOrEqualTo(atLeast);
        for (Recorder.Statement statement : ran) {
            String plan = explain(statement);
            assertThat(plan.lines().filter(PlanTest::readsATableWhole))
                    .as(statement.sql() + "\n" + plan)
                    .isEmpty();
        }
    }

    private static boolean readsATableWhole(String line) {
        return line.matches(".*Seq Scan on (website_event|session|session_data|session_link|event_data)\\b.*");
    }

    private static String explain(Recorder.Statement statement) {
        return StreamSupport.stream(
                        answer(umami.world.statements.query(
                                        "EXPLAIN " + statement.sql(), statement.parameters(), PATIENCE))
                                .spliterator(),
                        false)
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));
    }

    private static <T> T answer(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
