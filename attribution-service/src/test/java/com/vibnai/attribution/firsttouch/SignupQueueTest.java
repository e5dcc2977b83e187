package com.vibnai.attribution.firsttouch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vibnai.attribution.platform.problem.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches on a real database, which a lock holds up for as long as a test likes. */
class SignupQueueTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private WriterStage stage;

    @BeforeEach
    void open() {
        stage = new WriterStage();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static CompletableFuture<SignupResponse> add(SignupQueue queue, String user) {
        return queue.add(WriterStage.signup(user, 1, false)).subscribeAsCompletionStage();
    }

    private Connection locked() throws SQLException {
        Connection connection = stage.database.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE attributions IN EXCLUSIVE MODE");
        }
        return connection;
    }

    private double metric(String name) {
        return stage.metrics.get(name).gauge().value();
    }

    @Test
    void gathersWhatArrivesWhileABatchCommits() throws SQLException {
        SignupQueue queue = stage.queue(1000, 256, 1, LONG);
        List<CompletableFuture<SignupResponse>> answers = new ArrayList<>();
        try (Connection lock = locked()) {
            answers.add(add(queue, WriterStage.newUser()));
            IntStream.range(0, 100).forEach(i -> answers.add(add(queue, WriterStage.newUser())));
            assertThat(metric("attribution.ingest.queue.depth")).isEqualTo(100);
            lock.rollback();
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().created()).isTrue());
        assertThat(stage.metrics.get("attribution.ingest.batch.size").summary().count())
                .isEqualTo(2);
        assertThat(stage.metrics.get("attribution.ingest.batch.size").summary().max())
                .isEqualTo(100);
        assertThat(metric("attribution.ingest.queue.depth")).isZero();
    }

    @Test
    void refusesWhenTooManyWaitAndGoesOnAfterwards() throws SQLException {
        SignupQueue queue = stage.queue(2, 10, 1, LONG);
        List<CompletableFuture<SignupResponse>> accepted = new ArrayList<>();
        CompletableFuture<SignupResponse> refused;
        try (Connection lock = locked()) {
            IntStream.range(0, 3).forEach(i -> accepted.add(add(queue, WriterStage.newUser())));
            refused = add(queue, WriterStage.newUser());
            lock.rollback();
        }

        assertThat(refused).failsWithin(LONG).withThrowableThat().withMessageContaining("Too many signups are waiting");
        assertThat(accepted)
                .allSatisfy(answer -> assertThat(answer.join().created()).isTrue());
        assertThat(add(queue, WriterStage.newUser()).join().created()).isTrue();
        assertThat(rejected(stage.metrics, "full")).isEqualTo(1);
    }

    @Test
    void doesNotWriteWhatWaitedTooLong() throws SQLException {
        SignupQueue queue = stage.queue(10, 10, 1, Duration.ofNanos(1));
        String late = WriterStage.newUser();

        CompletableFuture<SignupResponse> answer = add(queue, late);

        assertThat(answer).failsWithin(LONG).withThrowableThat().withMessageContaining("too slow");
        assertThat(rejected(stage.metrics, "expired")).isEqualTo(1);
        assertThat(stage.writer
                        .write(List.of(WriterStage.signup(late, 2, false)))
                        .await()
                        .indefinitely()
                        .get(0)
                        .created())
                .isTrue();
    }

    @Test
    void answersInTimeHoweverLongASignupWaitedForALane() throws Exception {
        Duration timeout = Duration.ofSeconds(4);
        SignupQueue queue = stage.queue(10, 10, 1, Duration.ofSeconds(3), timeout);
        try (Connection lock = locked()) {
            CompletableFuture<SignupResponse> writing = add(queue, WriterStage.newUser());
            Thread.sleep(2000);
            long arrived = System.nanoTime();
            CompletableFuture<SignupResponse> waiting = add(queue, WriterStage.newUser());

            assertThatThrownBy(writing::join).hasRootCauseInstanceOf(ApiException.class);
            assertThatThrownBy(waiting::join).hasRootCauseInstanceOf(ApiException.class);
            // Two seconds for the first batch to end, two for its own.
            assertThat(Duration.ofNanos(System.nanoTime() - arrived))
                    .isBetween(timeout.minusMillis(100), timeout.plusMillis(1500));
            lock.rollback();
        }
    }

    @Test
    void refusesToWaitLongerThanItMayTake() {
        assertThatThrownBy(() -> stage.queue(10, 10, 1, Duration.ofSeconds(4), Duration.ofSeconds(4)))
                .hasMessageContaining("longest-wait");
    }

    @Test
    void oneBadSignupFailsAlone() {
        stage.database.execute("ALTER TABLE attributions ADD CHECK (user_id NOT LIKE 'bad-%')");
        List<Signup> batch = IntStream.range(0, 50)
                .mapToObj(i -> WriterStage.signup((i == 17 || i == 18 || i == 49 ? "bad-" : "good-") + i, i, false))
                .toList();

        List<SignupBatch.Result> results = stage.batches.write(batch).await().indefinitely();

        for (int i = 0; i < batch.size(); i++) {
            boolean bad = batch.get(i).userId().startsWith("bad-");
            assertThat(results.get(i).failure() != null).isEqualTo(bad);
            if (!bad) {
                assertThat(results.get(i).answer().attribution().userId())
                        .isEqualTo(batch.get(i).userId());
            }
        }
    }

    @Test
    void lanesWithTheSameUsersInOtherOrdersDoNotBlockEachOther() {
        SignupQueue queue = stage.queue(10_000, 20, 4, LONG);
        List<String> users =
                IntStream.range(0, 40).mapToObj(i -> WriterStage.newUser()).toList();
        List<CompletableFuture<SignupResponse>> answers = new ArrayList<>();

        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < users.size(); i++) {
                answers.add(add(queue, users.get(round % 2 == 0 ? i : users.size() - 1 - i)));
            }
        }

        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        assertThat(answers).filteredOn(answer -> answer.join().created()).hasSize(users.size());
    }

    @Test
    void aDatabaseThatIsGoneFailsEverybodyAtOnce() {
        SignupQueue queue = stage.queue(10, 10, 1, LONG);
        stage.pool.closeAndAwait();

        CompletableFuture<SignupResponse> answer = add(queue, WriterStage.newUser());

        assertThat(answer.handle((value, failure) -> failure).join())
                .isNotNull()
                .isNotInstanceOf(Error.class);
    }

    private static double rejected(MeterRegistry metrics, String reason) {
        return metrics.get("attribution.ingest.rejected")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
