package com.vibnai.umami.follower;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.umami.identity.AttributionConfig;
import com.vibnai.umami.source.database.Tail;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = AttributionStore.class, restrictToAnnotatedClass = true)
class FollowTaskTest {

    private static final String NAME = "umami-links";
    private static final int BATCH = 10;

    @Inject
    Tail tail;

    @Inject
    @RestClient
    LinkClient links;

    @Inject
    @RestClient
    LeaseClient leases;

    @Inject
    AttributionConfig attribution;

    @Inject
    MeterRegistry metrics;

    @Inject
    Vertx vertx;

    private final AttributionStore store = AttributionStore.running();
    private final UUID website = UUID.randomUUID();
    private final List<LeasedLoop> loops = new ArrayList<>();

    private record Settings(boolean enabled, Duration interval, int batch, Duration lateness, Duration lease)
            implements FollowerConfig {}

    @BeforeEach
    void forgetEverything() {
        store.reset();
        AttributionStore.umami().execute("TRUNCATE session, session_data, session_link");
    }

    @AfterEach
    void stopAll() {
        loops.forEach(LeasedLoop::stop);
    }

    private LeasedLoop start(String holder) {
        Settings config =
                new Settings(true, Duration.ofMillis(50), BATCH, Duration.ofMinutes(2), Duration.ofSeconds(60));
        LeasedLoop loop = new LeasedLoop(
                new FollowTask(tail, links, attribution, config, metrics),
                new Replica.Lessor(leases, "Bearer " + attribution.apiKey(), holder),
                new LeasedLoop.Timing(config.interval(), config.lease()),
                vertx);
        loops.add(loop);
        loop.start();
        return loop;
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(90);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited too long").isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Sessions that carry an id, a second apart from {@code first} on. */
    private void sessions(String prefix, int count, Instant first, String step) {
        AttributionStore.umami().execute("""
                INSERT INTO session (session_id, website_id, distinct_id, created_at)
                SELECT gen_random_uuid(), '%s', '%s' || n, timestamptz '%s' + n * interval '%s'
                FROM generate_series(1, %d) AS n
                """.formatted(website, prefix, first, step, count));
    }

    private void told(UUID session, String key, String value, Instant at) {
        AttributionStore.umami().execute("""
                DELETE FROM session_data WHERE session_id = '%2$s' AND data_key = '%3$s';
                INSERT INTO session_data
                    (session_data_id, website_id, session_id, data_key, string_value, data_type, created_at)
                VALUES (gen_random_uuid(), '%1$s', '%2$s', '%3$s', '%4$s', 1, '%5$s')
                """.formatted(website, session, key, value, at));
    }

    private boolean caughtUp(LeasedLoop loop) {
        return loop.state().status() == LeasedLoop.Status.ACTIVE
                && loop.state().position().size() == 3
                && loop.state().position().values().stream()
                        .allMatch(place -> Place.parse(place).caughtUp());
    }

    private long linksOf(String prefix) {
        return store.links.stream().filter(link -> link.startsWith(prefix)).count();
    }

    private static Instant daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days));
    }

    @Test
    void givesAllThatIsThereAndThenWhatComes() {
        sessions("old-", 95, daysAgo(30), "1 s");
        LeasedLoop loop = start("a");
        await(() -> caughtUp(loop));
        assertThat(linksOf("old-")).isEqualTo(95);

        sessions("new-", 1, Instant.now(), "0 s");

        await(() -> linksOf("new-") == 1);
        assertThat(store.sent).hasSize(96);
        JsonObject link = store.sent.get(95);
        assertThat(link.getString("user_id")).isEqualTo("new-1");
        assertThat(link.getString("kind")).isEqualTo("identified");
        assertThat(link.getString("source")).isEqualTo("umami");
        assertThat(link.getString("website_id")).isEqualTo(website.toString());
    }

    @Test
    void losesNothingWhereTimesAreEqual() {
        sessions("same-", 45, daysAgo(3), "0 s");

        LeasedLoop loop = start("a");

        await(() -> caughtUp(loop));
        assertThat(linksOf("same-")).isEqualTo(45);
    }

    @Test
    void findsRowsThatAppearLate() {
        sessions("first-", 3, daysAgo(1), "1 s");
        LeasedLoop loop = start("a");
        await(() -> caughtUp(loop));

        sessions("late-", 25, Instant.now().minusSeconds(60), "0 s");

        await(() -> linksOf("late-") == 25);
        assertThat(store.sent).hasSize(28);
    }

    @Test
    void readsWhatWasToldAndSessionLinks() {
        UUID session = UUID.randomUUID();
        UUID linked = UUID.randomUUID();
        told(session, "userId", "42.0000", daysAgo(2));
        told(session, "plan", "pro", daysAgo(2));
        AttributionStore.umami().execute("""
                INSERT INTO session_link (website_id, session_id, distinct_id, created_at)
                VALUES ('%1$s', '%2$s', 'ada', now() - interval '2 days'),
                       ('%1$s', '%2$s', 'bob', now() - interval '1 day')
                """.formatted(website, linked));

        LeasedLoop loop = start("a");

        await(() -> caughtUp(loop));
        assertThat(store.sent)
                .extracting(link -> link.getString("user_id"))
                .containsExactlyInAnyOrder("42", "ada", "bob");
        assertThat(store.sent).extracting(link -> link.getString("kind")).containsOnly("session");
    }

    @Test
    void tellsALoginAgainOnlyAfterSomebodyElses() {
        UUID session = UUID.randomUUID();
        told(session, "userId", "ada", Instant.now().minusSeconds(50));
        LeasedLoop loop = start("a");
        await(() -> caughtUp(loop) && store.sent.size() == 1);

        told(session, "userId", "ada", Instant.now().minusSeconds(40));
        told(UUID.randomUUID(), "userId", "marker", Instant.now().minusSeconds(39));
        await(() -> linksOf("marker") == 1);
        assertThat(linksOf("ada")).isEqualTo(1);
        told(session, "userId", "bob", Instant.now().minusSeconds(30));
        await(() -> linksOf("bob") == 1);
        told(session, "userId", "ada", Instant.now().minusSeconds(20));

        await(() -> linksOf("ada") == 2);
    }

    @Test
    void isDoneByOneReplicaAndGoesOnWithTheOther() {
        sessions("one-", 30, daysAgo(1), "1 s");
        LeasedLoop first = start("a");
        await(() -> caughtUp(first));
        LeasedLoop second = start("b");
        sessions("two-", 5, Instant.now(), "0 s");
        await(() -> linksOf("two-") == 5);
        assertThat(second.state().status()).isEqualTo(LeasedLoop.Status.STANDBY);

        first.stop();
        await(() -> second.state().status() == LeasedLoop.Status.ACTIVE);
        sessions("three-", 5, Instant.now(), "0 s");
        await(() -> linksOf("three-") == 5);

        assertThat(store.links).hasSize(40);
    }

    @Test
    void losesAndDoublesNothingWhenAReplicaEndsInTheMiddle() {
        sessions("user-", 60, daysAgo(1), "1 s");
        store.failingMoves.set(3);
        LeasedLoop first = start("a");
        await(() -> first.state().status() == LeasedLoop.Status.FAILING);
        first.stop();

        LeasedLoop second = start("b");

        await(() -> caughtUp(second));
        assertThat(store.links).hasSize(60);
        assertThat(store.sent).hasSizeGreaterThan(60);
    }

    @Test
    void goesOnWithTheBackfillWhereItStopped() {
        sessions("user-", 200, daysAgo(1), "1 s");
        LeasedLoop first = start("a");
        await(() -> store.position(NAME) != null && store.sent.size() >= 3 * BATCH);
        first.stop();
        store.steal(NAME);
        int before = store.sent.size();
        store.reopen(NAME);

        LeasedLoop second = start("b");

        await(() -> caughtUp(second));
        assertThat(store.links).hasSize(200);
        assertThat(store.sent.size() - before).isLessThanOrEqualTo(200 - before + 2 * BATCH);
    }

    @Test
    void standsByWhenItHasBeenReplaced() {
        LeasedLoop loop = start("a");
        await(() -> caughtUp(loop));

        store.steal(NAME);

        await(() -> loop.state().status() == LeasedLoop.Status.STANDBY);
    }
}
