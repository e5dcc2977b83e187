package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.platform.Permits;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes acquisition reports. The days are gone through twice: to see which groups are the largest, and to count those; so memory
 * holds figures of the groups in the answer only, whatever else there is.
 */
@Singleton
class AcquisitionService {

    private static final int STATEMENTS = 6;

    private final AcquisitionRepository repository;
    private final ReportsConfig config;
    private final Permits permits;
    private final InstantSource clock = InstantSource.system();

    AcquisitionService(AcquisitionRepository repository, ReportsConfig config) {
        this.repository = repository;
        this.config = config;
        this.permits = new Permits(config.concurrent(), "Too many reports are being made; try again.");
    }

    /** The report; 503 if it takes too long or too many are being made. */
    Uni<AcquisitionResponse> report(AcquisitionQuery query) {
        return single(connection -> report(connection, query));
    }

    /** Reads the days from {@code first} to {@code last} in one snapshot; 503 likewise. */
    <T> Uni<T> read(long first, long last, List<Dimension> by, Function<Snapshot, Uni<T>> read) {
        return single(connection ->
                repository.open(connection, first, last, by, Filters.NONE).flatMap(snapshot -> read.apply(snapshot)));
    }

    private <T> Uni<T> single(Function<SqlConnection, Uni<T>> read) {
        return permitted(() -> repository.inSnapshot(
                        connection -> read.apply(connection).toMulti()))
                .toUni()
                .ifNoItem()
                .after(config.statementTimeout().multipliedBy(STATEMENTS))
                .fail();
    }

    /** The lines of a report in CSV, in chunks. */
    Multi<String> csv(AcquisitionQuery query) {
        return permitted(() -> repository.inSnapshot(connection -> csv(connection, query)));
    }

    private <T> Multi<T> permitted(Supplier<Multi<T>> work) {
        return Multi.createFrom().deferred(() -> {
            permits.take();
            return work.get().onTermination().invoke(permits::giveBack);
        });
    }

    private Uni<AcquisitionResponse> report(SqlConnection connection, AcquisitionQuery query) {
        Periods periods = query.range().periods(query.interval());
        Periods before = query.previous() == null ? null : query.previous().periods(Interval.NONE);
        return repository
                .open(
                        connection,
                        (before == null ? periods : before).firstDay(),
                        periods.lastDay(),
                        List.of(query.by()),
                        query.filters())
                .flatMap(snapshot -> {
                    Ranking ranking = new Ranking();
                    return snapshot.read(false, readers(snapshot, query, periods, ranking, before, ranking.before()))
                            .flatMap(nothing ->
                                    figures(snapshot, query, periods, before, ranking.largest(snapshot.groups())));
                });
    }

    private Uni<AcquisitionResponse> figures(
            Snapshot snapshot,
            AcquisitionQuery query,
            Periods periods,
            @Nullable Periods before,
            List<Integer> ranked) {
        Groups groups = snapshot.groups();
        List<Integer> shown = ranked.subList(0, Math.min(query.limit(), ranked.size()));
        Tally tally = new Tally(shown, groups.count(), query.sides(), query.main(), periods.count());
        Tally previous = new Tally(shown, groups.count(), query.sides(), query.main(), 1);
        return snapshot.read(true, readers(snapshot, query, periods, tally, before, previous))
                .map(nothing -> new Answer(query, periods, groups, tally, previous)
                        .toResponse(shown, ranked.size(), clock.instant().truncatedTo(ChronoUnit.SECONDS)));
    }

    private static List<SegmentReader> readers(
            Snapshot snapshot,
            AcquisitionQuery query,
            Periods periods,
            Sink sink,
            @Nullable Periods before,
            Sink sinkOfBefore) {
        SegmentReader reader = reader(snapshot, periods, query, sink);
        return before == null ? List.of(reader) : List.of(reader, reader(snapshot, before, query, sinkOfBefore));
    }

    private static SegmentReader reader(Snapshot snapshot, Periods periods, AcquisitionQuery query, Sink sink) {
        return new SegmentReader(snapshot.groups(), periods, query.sides(), query.conversions(), sink);
    }

    private Multi<String> csv(SqlConnection connection, AcquisitionQuery query) {
        Periods periods = query.range().periods(query.interval());
        return repository
                .open(connection, periods.firstDay(), periods.lastDay(), List.of(query.by()), query.filters())
                .onItem()
                .transformToMulti(snapshot -> snapshot.currencies()
                        .map(currencies -> new AcquisitionCsv(query, periods, snapshot.groups(), currencies))
                        .onItem()
                        .transformToMulti(csv -> lines(snapshot, csv, reader(snapshot, periods, query, csv))));
    }

    private static Multi<String> lines(Snapshot snapshot, AcquisitionCsv csv, SegmentReader reader) {
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(csv.header()),
                        snapshot.segments(true).map(segment -> {
                            String lines = csv.finishedBefore(segment.day());
                            reader.read(segment);
                            return lines;
                        }),
                        Multi.createFrom().item(csv::rest))
                .filter(lines -> !lines.isEmpty());
    }
}
