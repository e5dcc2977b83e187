package com.vibnai.attribution.acquisition;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The days of a report, as they are in one snapshot. They can be gone through several times. */
final class Snapshot {

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

    /** Lets each of these read each day. */
    Uni<Void> read(boolean withConversions, List<SegmentReader> readers) {
        return segments(withConversions)
                .invoke(segment -> readers.forEach(reader -> reader.read(segment)))
                .collect()
                .with(Collectors.counting())
                .replaceWithVoid();
    }

    /** Currencies of conversions, sorted. */
    Uni<List<String>> currencies() {
        return AcquisitionRepository.currencies(connection, first, last, uncounted);
    }
}
