package com.vibnai.attribution.acquisition;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The days of a report, as they are in one snapshot. They can be gone through several times. */
final class Snapshot {

    private static final int DAYS_AT_ONCE = 32;

    private final SqlConnection connection;
    private final long first;
    private final long last;
    private final Groups groups;
    private final Set<Long> uncounted;
    private final List<Segment> read;

    Snapshot(SqlConnection connection, long first, long last, Groups groups, UncountedDays uncounted) {
        this.connection = connection;
        this.first = first;
        this.last = last;
        this.groups = groups;
        this.uncounted = uncounted.days();
        this.read = uncounted.segments(groups);
    }

    Groups groups() {
        return groups;
    }

    /** The days in their order. */
    Multi<Segment> segments(boolean withConversions) {
        return AcquisitionRepository.segments(connection, first, last, uncounted, read, withConversions);
    }

    /**
     * Lets the readers read the days: each lane some of them, at the same time as the others. What the lanes' readers found
     * together is what there is.
     */
    Uni<Void> read(boolean withConversions, List<List<SegmentReader>> lanes) {
        return segments(withConversions)
                .group()
                .intoLists()
                .of(DAYS_AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(days -> read(days, lanes))
                .collect()
                .with(Collectors.counting())
                .replaceWithVoid();
    }

    private static Uni<Void> read(List<Segment> days, List<List<SegmentReader>> lanes) {
        List<Uni<Void>> reading = IntStream.range(0, lanes.size())
                .mapToObj(lane -> Uni.createFrom()
                        .voidItem()
                        .invoke(() -> {
                            for (int day = lane; day < days.size(); day += lanes.size()) {
                                Segment segment = days.get(day);
                                lanes.get(lane).forEach(reader -> reader.read(segment));
                            }
                        })
                        .runSubscriptionOn(Infrastructure.getDefaultExecutor()))
                .toList();
        return Uni.join().all(reading).andFailFast().replaceWithVoid();
    }

    /** Currencies of conversions, sorted. */
    Uni<List<String>> currencies() {
        return AcquisitionRepository.currencies(connection, first, last, uncounted);
    }
}
