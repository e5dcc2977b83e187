package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.platform.Permits;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes acquisition reports. Where there are many groups the days are gone through twice: to see which are the largest, and to
 * count those; so memory holds figures of a bounded number of groups, whatever else there is.
 */
@Singleton
class AcquisitionService {

    private static final int STATEMENTS = 6;
    /** Cores that count one report. */
    private static final int LANES = Math.min(2, Runtime.getRuntime().availableProcessors());

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
                .flatMap(snapshot -> snapshot.groups().count() <= config.groupsAtOnce()
                        ? countAll(snapshot, query, periods, before)
                        : countLargest(snapshot, query, periods, before));
    }

    private Uni<AcquisitionResponse> countAll(
            Snapshot snapshot, AcquisitionQuery query, Periods periods, @Nullable Periods before) {
        Groups groups = snapshot.groups();
        List<Integer> all = IntStream.range(0, groups.count()).boxed().toList();
        return count(snapshot, query, periods, before, all).map(counted -> {
            List<Integer> ranked = Ranking.of(counted.tally(), counted.previous(), groups.count())
                    .largest(groups);
            List<Integer> shown = shown(query, ranked);
            return new Answer(
                            query,
                            periods,
                            groups,
                            counted.tally().withPlacesFor(shown),
                            counted.previous().withPlacesFor(shown))
                    .toResponse(shown, ranked.size(), now());
        });
    }

    private Uni<AcquisitionResponse> countLargest(
            Snapshot snapshot, AcquisitionQuery query, Periods periods, @Nullable Periods before) {
        Groups groups = snapshot.groups();
        List<Ranking> rankings = inLanes(Ranking::new);
        List<List<SegmentReader>> lanes = rankings.stream()
                .map(ranking -> readers(snapshot, query, periods, ranking, before, ranking.before()))
                .toList();
        return snapshot.read(false, lanes).flatMap(nothing -> {
            rankings.subList(1, rankings.size()).forEach(rankings.get(0)::addAll);
            List<Integer> ranked = rankings.get(0).largest(groups);
            List<Integer> shown = shown(query, ranked);
            return count(snapshot, query, periods, before, shown)
                    .map(counted -> new Answer(query, periods, groups, counted.tally(), counted.previous())
                            .toResponse(shown, ranked.size(), now()));
        });
    }

    private record Counted(Tally tally, Tally previous) {

        Counted add(Counted other) {
            tally.addAll(other.tally);
            previous.addAll(other.previous);
            return this;
        }
    }

    private static Uni<Counted> count(
            Snapshot snapshot,
            AcquisitionQuery query,
            Periods periods,
            @Nullable Periods before,
            List<Integer> places) {
        int groups = snapshot.groups().count();
        List<Counted> counted = inLanes(() -> new Counted(
                new Tally(places, groups, query.sides(), query.main(), periods.count()),
                new Tally(places, groups, query.sides(), query.main(), 1)));
        List<List<SegmentReader>> lanes = counted.stream()
                .map(lane -> readers(snapshot, query, periods, lane.tally(), before, lane.previous()))
                .toList();
        return snapshot.read(true, lanes)
                .map(nothing -> counted.stream().reduce(Counted::add).orElseThrow());
    }

    private static <T> List<T> inLanes(Supplier<T> one) {
        return Stream.generate(one).limit(LANES).toList();
    }

    private static List<Integer> shown(AcquisitionQuery query, List<Integer> ranked) {
        return ranked.subList(0, Math.min(query.limit(), ranked.size()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
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
