package com.vibnai.attribution.acquisition;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Counts days that have changed, once they are left alone. Among replicas one counts at a time: it holds an advisory lock of its
 * connection. What it does not get done, reports read from the tables of the record.
 */
@Singleton
class Counting {

    private static final Logger LOG = Logger.getLogger(Counting.class);

    /** Any number that no other lock of this database has: "signups" in ASCII. */
    static final long LOCK = 0x7369676e757073L;

    private static final String TRY_LOCK = "SELECT pg_try_advisory_lock($1) AS locked";
    private static final String UNLOCK = "SELECT pg_advisory_unlock($1)";

    private static final String MARKS = """
            SELECT count(*) AS marks, count(DISTINCT day) AS days FROM acquisition_marks
            """;

    /** One mark a day is enough. A conversion whose user is not there yet needs none: the signup will leave one. */
    private static final String MERGE_MARKS = """
            WITH taken AS (DELETE FROM acquisition_marks RETURNING *),
            marked AS (
                SELECT day, marked_at FROM taken WHERE day IS NOT NULL
                UNION ALL
                SELECT utc_day(signed_up_at), marked_at FROM taken JOIN conversions USING (conversion_id)
                JOIN attributions USING (user_id))
            INSERT INTO acquisition_marks (day, marked_at) SELECT day, max(marked_at) FROM marked GROUP BY day
            """;

    private static final String SETTLED = """
            SELECT day FROM acquisition_marks
            WHERE day IS NOT NULL
            GROUP BY day HAVING max(marked_at) <= $1
            ORDER BY day DESC
            """;

    /** Millions of numbers: an anti join of what is distinct, which need not fit in memory as NOT IN would. */
    private static final String FORGET = """
            WITH used AS MATERIALIZED (SELECT DISTINCT unnest(touches) AS touch_id FROM acquisition_days)
            DELETE FROM acquisition_touches AS touch
            WHERE NOT EXISTS (SELECT FROM used WHERE used.touch_id = touch.touch_id)
            """;

    private final Pool database;
    private final DayCounter days;
    private final ReportsConfig config;
    private final Vertx vertx;
    private final InstantSource clock = InstantSource.system();
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile long waiting;
    private volatile Instant forgotten = Instant.EPOCH;

    Counting(Pool database, DayCounter days, ReportsConfig config, Vertx vertx, MeterRegistry metrics) {
        this.database = database;
        this.days = days;
        this.config = config;
        this.vertx = vertx;
        Gauge.builder("attribution.reports.uncounted.days", this, of -> of.waiting)
                .description("Days that reports read from the tables of the record")
                .register(metrics);
    }

    void schedule(@Observes StartupEvent start) {
        vertx.setPeriodic(config.every().toMillis(), timer -> {
            if (counting.compareAndSet(false, true)) {
                pass().onTermination()
                        .invoke(() -> counting.set(false))
                        .subscribe()
                        .with(nothing -> {}, e -> LOG.warnf(e, "days of reports wait to be counted"));
            }
        });
    }

    /** Counts all days that are settled, unless another process is at it. */
    Uni<Void> pass() {
        return database.getConnection().flatMap(connection -> connection
                .preparedQuery(TRY_LOCK)
                .execute(Tuple.of(LOCK))
                .flatMap(rows -> rows.iterator().next().getBoolean("locked")
                        ? pass(connection).onTermination().call(() -> unlock(connection))
                        : Uni.createFrom().voidItem())
                .onTermination()
                .call(connection::close));
    }

    private Uni<Void> pass(SqlConnection connection) {
        return mergeMarks(connection)
                .flatMap(merged -> settled(connection))
                .flatMap(settled -> Multi.createFrom()
                        .iterable(settled)
                        .onItem()
                        .transformToUniAndConcatenate(
                                day -> days.count(connection, day).replaceWith(day))
                        .collect()
                        .with(Collectors.counting()))
                .flatMap(counted -> forget(connection));
    }

    private Uni<Void> mergeMarks(SqlConnection connection) {
        return connection.query(MARKS).execute().flatMap(rows -> {
            waiting = rows.iterator().next().getLong("days");
            return rows.iterator().next().getLong("marks") == waiting
                    ? Uni.createFrom().voidItem()
                    : connection.query(MERGE_MARKS).execute().replaceWithVoid();
        });
    }

    private Uni<List<LocalDate>> settled(SqlConnection connection) {
        return connection
                .preparedQuery(SETTLED)
                .execute(Tuple.of(clock.instant().minus(config.settled()).atOffset(ZoneOffset.UTC)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getLocalDate("day"))
                        .toList());
    }

    /** Landing pages and campaigns may be personal: what no signup has any more must not stay. */
    private Uni<Void> forget(SqlConnection connection) {
        if (clock.instant().isBefore(forgotten.plus(config.forget()))) {
            return Uni.createFrom().voidItem();
        }
        forgotten = clock.instant();
        return connection.query(FORGET).execute().replaceWithVoid();
    }

    private static Uni<Void> unlock(SqlConnection connection) {
        return connection
                .preparedQuery(UNLOCK)
                .execute(Tuple.of(LOCK))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
