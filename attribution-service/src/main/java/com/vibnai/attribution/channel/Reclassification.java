package com.vibnai.attribution.channel;

import com.vibnai.attribution.platform.problem.ApiException;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Classifies all records again, in the background. One job runs at a time over all replicas: it holds an advisory lock of its
 * connection, which PostgreSQL lets go when the connection ends, however that happens. A job that was interrupted left every
 * record classified either way, and the next one goes on with those that are not.
 */
@Singleton
class Reclassification {

    private static final Logger LOG = Logger.getLogger(Reclassification.class);

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Any number that no other lock of this database has: "channels" in ASCII. */
    private static final long LOCK = 0x6368616e6e656c73L;

    private static final String TRY_LOCK = "SELECT pg_try_advisory_lock($1) AS locked";
    private static final String UNLOCK = "SELECT pg_advisory_unlock($1)";
    private static final String GIVE_UP_OLD = "UPDATE channel_jobs SET state = 'failed' WHERE state = 'running'";
    private static final String START = """
            INSERT INTO channel_jobs (job_id, ruleset, requested_by, state, total)
            SELECT $1, $2, $3, 'running', count(*) FROM attributions WHERE channel_ruleset IS DISTINCT FROM $2
            RETURNING *
            """;
    private static final String FINISH =
            "UPDATE channel_jobs SET state = $2, finished_at = now(), updated_at = now() WHERE job_id = $1";
    private static final String LATEST = "SELECT * FROM channel_jobs ORDER BY started_at DESC LIMIT 1";
    private static final String UNCLASSIFIED =
            "SELECT EXISTS (SELECT FROM attributions WHERE channel IS NULL) AS found";

    private final Pool database;
    private final ReclassificationSteps steps;
    private final Classifier classifier;

    Reclassification(Pool database, ReclassificationSteps steps, Classifier classifier) {
        this.database = database;
        this.steps = steps;
        this.classifier = classifier;
    }

    /** A job, and whether it was started by this call. */
    record Started(ReclassificationResponse job, boolean isNew) {}

    /** Rows from before there were channels get theirs without being asked. */
    void classifyOldRows(@Observes StartupEvent started) {
        database.query(UNCLASSIFIED)
                .execute()
                .flatMap(rows -> rows.iterator().next().getBoolean("found")
                        ? start("startup").replaceWithVoid()
                        : Uni.createFrom().voidItem())
                .subscribe()
                .with(
                        nothing -> {},
                        failure -> LOG.warn("records from before channels wait to be classified", failure));
    }

    /** Starts a job, or answers the one that runs. */
    Uni<Started> start(String requestedBy) {
        return database.getConnection().flatMap(connection -> connection
                .preparedQuery(TRY_LOCK)
                .execute(Tuple.of(LOCK))
                .flatMap(rows -> rows.iterator().next().getBoolean("locked")
                        ? begin(connection, requestedBy)
                        : running(connection))
                .onFailure()
                .call(() -> release(connection)));
    }

    /** The latest job; null if there was none. */
    Uni<@Nullable ReclassificationResponse> latest() {
        return database.query(LATEST).execute().map(rows -> {
            var found = rows.iterator();
            return found.hasNext() ? ReclassificationResponse.from(found.next()) : null;
        });
    }

    private static Uni<Started> running(SqlConnection connection) {
        return connection.query(LATEST).execute().call(connection::close).map(rows -> {
            var found = rows.iterator();
            if (!found.hasNext()) {
                throw ApiException.unavailable("A re-classification is just starting; try again.", RETRY);
            }
            return new Started(ReclassificationResponse.from(found.next()), false);
        });
    }

    private Uni<Started> begin(SqlConnection connection, String requestedBy) {
        Tuple job = Tuple.of(UUID.randomUUID(), classifier.ruleset(), requestedBy);
        return connection
                .query(GIVE_UP_OLD)
                .execute()
                .flatMap(nothing -> connection.preparedQuery(START).execute(job))
                .map(rows -> ReclassificationResponse.from(rows.iterator().next()))
                .onFailure()
                .call(() -> release(connection))
                .invoke(started -> run(connection, started.jobId()))
                .map(started -> new Started(started, true));
    }

    private void run(SqlConnection connection, UUID job) {
        AtomicReference<String> last = new AtomicReference<>("");
        Multi.createBy()
                .repeating()
                .uni(() -> steps.step(connection, job, Objects.requireNonNull(last.get()))
                        .map(user -> {
                            if (user != null) {
                                last.set(user);
                            }
                            return user != null;
                        }))
                .whilst(more -> more)
                .collect()
                .last()
                .flatMap(nothing -> finish(connection, job, "done"))
                .onFailure()
                .call(() -> finish(connection, job, "failed").onFailure().recoverWithNull())
                .onTermination()
                .call(() -> release(connection))
                .subscribe()
                .with(
                        nothing -> LOG.infof("re-classification %s is done", job),
                        failure -> LOG.warnf(failure, "re-classification %s was interrupted", job));
    }

    private static Uni<Void> finish(SqlConnection connection, UUID job, String state) {
        return connection.preparedQuery(FINISH).execute(Tuple.of(job, state)).replaceWithVoid();
    }

    /** A connection goes back to the pool without the lock; one that is broken has lost it already. */
    private static Uni<Void> release(SqlConnection connection) {
        return connection
                .preparedQuery(UNLOCK)
                .execute(Tuple.of(LOCK))
                .onFailure()
                .recoverWithNull()
                .flatMap(nothing -> connection.close())
                .onFailure()
                .recoverWithNull();
    }
}
