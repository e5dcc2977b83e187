package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.platform.problem.ApiException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what reports count, all of one report in one snapshot. */
@Singleton
class AcquisitionRepository {

    /** A conversion's mark stands for the day of its user's signup, if there is one by now. */
    private static final String UNCOUNTED = """
            SELECT day FROM acquisition_marks WHERE day BETWEEN $1 AND $2
            UNION
            SELECT utc_day(signed_up_at) FROM acquisition_marks JOIN conversions USING (conversion_id)
            JOIN attributions USING (user_id)
            WHERE utc_day(signed_up_at) BETWEEN $1 AND $2
            """;

    private static final String SEGMENTS = """
            SELECT day, signups, %s AS conversions
            FROM acquisition_days
            WHERE day BETWEEN $1 AND $2 AND day <> ALL ($3)
            ORDER BY day
            """;

    private static final String WITHOUT_CONVERSIONS = SEGMENTS.formatted("''::bytea");
    private static final String WITH_CONVERSIONS = SEGMENTS.formatted("conversions");

    private static final String CURRENCIES = """
            SELECT unnest(currencies) FROM acquisition_days WHERE day BETWEEN $1 AND $2
            UNION
            SELECT currency FROM unnest($3::date[]) AS asked (day)
            JOIN attributions ON signed_up_at >= day::timestamp AT TIME ZONE 'UTC'
                AND signed_up_at < (day + 1)::timestamp AT TIME ZONE 'UTC'
            JOIN conversions USING (user_id)
            WHERE currency IS NOT NULL
            ORDER BY 1
            """;

    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final int SEGMENTS_AT_ONCE = 32;
    private static final int ROWS_AT_ONCE = 500;

    private final Pool database;
    private final ReportsConfig config;
    private final String begin;

    AcquisitionRepository(Pool database, ReportsConfig config) {
        this.database = database;
        this.config = config;
        // Compiling a plan costs more than it gains here.
        this.begin = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL jit = off;"
                + " SET LOCAL statement_timeout = " + config.statementTimeout().toMillis();
    }

    /** Reads in one snapshot. */
    <T> Multi<T> inSnapshot(Function<SqlConnection, Multi<T>> read) {
        return database.getConnection().onItem().transformToMulti(connection -> connection
                .begin()
                .onItem()
                .transformToMulti(transaction -> connection
                        .query(begin)
                        .execute()
                        .onItem()
                        .transformToMulti(begun -> read.apply(connection))
                        .onTermination()
                        // Nothing was written; a connection that is gone has no transaction to end.
                        .call(() -> transaction.rollback().onFailure().recoverWithNull()))
                .onTermination()
                .call(connection::close));
    }

    /** The days from {@code first} to {@code last}, with the touches that pass the filters. */
    Uni<Snapshot> open(SqlConnection connection, long first, long last, List<Dimension> by, Filters filters) {
        return uncounted(connection, first, last).flatMap(uncounted -> groups(connection, by, filters)
                .map(groups -> new Snapshot(connection, first, last, groups, uncounted)));
    }

    private Uni<UncountedDays> uncounted(SqlConnection connection, long first, long last) {
        return connection
                .preparedQuery(UNCOUNTED)
                .execute(Tuple.of(LocalDate.ofEpochDay(first), LocalDate.ofEpochDay(last)))
                .map(rows -> new UncountedDays(StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getLocalDate(0).toEpochDay())
                        .collect(Collectors.toSet())))
                .flatMap(days -> days.days().isEmpty()
                        ? Uni.createFrom().item(days)
                        : signups(connection, days.days())
                                .invoke(days::add)
                                .collect()
                                .with(Collectors.counting())
                                .replaceWith(days));
    }

    private Multi<Signup> signups(SqlConnection connection, Set<Long> days) {
        int[] read = {0};
        return signups(connection, (Collection<Long>) days).invoke(signup -> {
            if (++read[0] > config.uncounted()) {
                throw ApiException.unavailable(
                        "Many signups of this time are not counted yet; try again, or ask for less.", RETRY);
            }
        });
    }

    /** All signups of these days, from the tables of the record. */
    static Multi<Signup> signups(SqlConnection connection, Collection<Long> days) {
        return stream(connection, SignupRow.READ, Tuple.of(dates(days)), ROWS_AT_ONCE)
                .map(SignupRow::from);
    }

    private static Uni<Groups> groups(SqlConnection connection, List<Dimension> by, Filters filters) {
        List<Object> parameters = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (Map.Entry<Dimension, List<String>> filter : filters.allowed().entrySet()) {
            parameters.add(filter.getValue().toArray(String[]::new));
            conditions.add("coalesce(" + filter.getKey().label() + ", '') = ANY ($" + parameters.size() + ")");
        }
        String columns = by.stream().map(Dimension::label).collect(Collectors.joining(", "));
        // A row a group, and not a cursor, which would keep PostgreSQL from using its cores: there may be a million
        // touches.
        String sql = "SELECT string_agg(int4send(touch_id), '') AS touches, " + columns + " FROM acquisition_touches"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " GROUP BY " + columns + " LIMIT " + (Groups.MOST + 1);
        return connection.preparedQuery(sql).execute(Tuple.from(parameters)).map(rows -> {
            Groups groups = new Groups(by, filters);
            rows.forEach(row -> groups.add(ByteBuffer.wrap(bytes(row, "touches")), values(row, by.size())));
            return groups;
        });
    }

    /** The signups of each day, counted or not, in the order of days. */
    static Multi<Segment> segments(
            SqlConnection connection,
            long first,
            long last,
            Set<Long> uncounted,
            List<Segment> read,
            boolean withConversions) {
        Deque<Segment> waiting = new ArrayDeque<>(read);
        Tuple parameters = Tuple.of(LocalDate.ofEpochDay(first), LocalDate.ofEpochDay(last), dates(uncounted));
        Multi<Segment> counted = stream(
                        connection,
                        withConversions ? WITH_CONVERSIONS : WITHOUT_CONVERSIONS,
                        parameters,
                        SEGMENTS_AT_ONCE)
                .map(AcquisitionRepository::segment);
        return Multi.createBy()
                .concatenating()
                .streams(
                        counted.onItem().transformToIterable(segment -> upTo(segment, waiting)),
                        Multi.createFrom().deferred(() -> Multi.createFrom().iterable(waiting)))
                // Counting a large report takes a while; an event loop has others to serve.
                .emitOn(Infrastructure.getDefaultExecutor());
    }

    /** Currencies of conversions, sorted; of days that are not counted perhaps also such that are not theirs any more. */
    static Uni<List<String>> currencies(SqlConnection connection, long first, long last, Set<Long> uncounted) {
        return connection
                .preparedQuery(CURRENCIES)
                .execute(Tuple.of(LocalDate.ofEpochDay(first), LocalDate.ofEpochDay(last), dates(uncounted)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .toList());
    }

    private static List<Segment> upTo(Segment segment, Deque<Segment> waiting) {
        List<Segment> next = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.getFirst().day() < segment.day()) {
            next.add(waiting.removeFirst());
        }
        next.add(segment);
        return next;
    }

    private static Segment segment(Row row) {
        return new Segment(row.getLocalDate("day").toEpochDay(), bytes(row, "signups"), bytes(row, "conversions"));
    }

    private static byte[] bytes(Row row, String column) {
        return row.get(Buffer.class, row.getColumnIndex(column)).getBytes();
    }

    private static List<@Nullable String> values(Row row, int count) {
        List<@Nullable String> values = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            values.add(row.getString(i));
        }
        return values;
    }

    private static LocalDate[] dates(Collection<Long> days) {
        return new HashSet<>(days).stream().map(LocalDate::ofEpochDay).toArray(LocalDate[]::new);
    }

    private static Multi<Row> stream(SqlConnection connection, String sql, Tuple parameters, int atOnce) {
        return connection.prepare(sql).onItem().transformToMulti(prepared -> prepared.createStream(atOnce, parameters)
                .toMulti());
    }
}
