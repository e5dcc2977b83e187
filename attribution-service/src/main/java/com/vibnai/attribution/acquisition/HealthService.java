package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.FieldError;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the report on the health of attribution. */
@Singleton
class HealthService {

    private static final int BASELINE_DAYS = 28;
    private static final List<Dimension> BY = List.of(Dimension.SOURCE, Dimension.TRUST, Dimension.MISSING);

    private final AcquisitionService reports;
    private final Clock clock = Clock.systemUTC();

    HealthService(AcquisitionService reports) {
        this.reports = reports;
    }

    /**
     * A time and the one before it.
     *
     * @param now signups by what they are grouped by
     * @param before signups of the time before
     */
    record Counted(Map<List<@Nullable String>, Long> now, Attributed before) {

        Attributed all() {
            return attributed(now);
        }
    }

    /** The report; 400 for a time that is none. */
    Uni<HealthResponse> report(@Nullable String from, @Nullable String to, @Nullable String timeZone) {
        List<FieldError> errors = new ArrayList<>();
        TimeRange range = TimeRange.parse(from, to, timeZone, clock, errors);
        if (errors.isEmpty() && range.from().minusDays(BASELINE_DAYS).isBefore(TimeRange.EARLIEST)) {
            errors.add(new FieldError("from", "has to be four weeks after " + TimeRange.EARLIEST + " or later"));
        }
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
        TimeRange baseline = new TimeRange(range.from().minusDays(BASELINE_DAYS), range.from(), range.zone());
        return count(range.periods(Interval.NONE), baseline.periods(Interval.NONE))
                .map(counted -> response(range, baseline, counted));
    }

    /** The latest 24 hours, and the four weeks before. */
    Uni<Counted> latest() {
        Instant now = clock.instant().plus(Periods.QUARTER);
        Instant dayBefore = now.minus(Duration.ofDays(1));
        return count(
                Periods.between(dayBefore, now),
                Periods.between(dayBefore.minus(Duration.ofDays(BASELINE_DAYS)), dayBefore));
    }

    private Uni<Counted> count(Periods periods, Periods before) {
        return reports.read(before.firstDay(), periods.lastDay(), BY, snapshot -> {
            Groups groups = snapshot.groups();
            Map<List<@Nullable String>, Long> signups = new HashMap<>();
            Map<List<@Nullable String>, Long> earlier = new HashMap<>();
            List<SegmentReader> readers = List.of(reader(groups, periods, signups), reader(groups, before, earlier));
            return snapshot.read(false, List.of(readers)).map(nothing -> new Counted(signups, attributed(earlier)));
        });
    }

    private static SegmentReader reader(Groups groups, Periods periods, Map<List<@Nullable String>, Long> signups) {
        return new SegmentReader(
                groups,
                periods,
                EnumSet.of(Side.FIRST),
                Set.of(),
                (side, group, period, timeClass) -> signups.merge(groups.value(group), 1L, Long::sum));
    }

    private static Attributed attributed(Map<List<@Nullable String>, Long> signups) {
        Attributed all = Attributed.NONE;
        for (Map.Entry<List<@Nullable String>, Long> entry : signups.entrySet()) {
            all = all.plus(entry.getValue(), missing(entry.getKey()) == null);
        }
        return all;
    }

    private static @Nullable String missing(List<@Nullable String> value) {
        return value.get(BY.indexOf(Dimension.MISSING));
    }

    private static HealthResponse response(TimeRange range, TimeRange baseline, Counted counted) {
        Map<List<@Nullable String>, Attributed> paths = new HashMap<>();
        Map<String, Long> missing = new HashMap<>();
        counted.now().forEach((value, signups) -> {
            String reason = missing(value);
            paths.merge(
                    value.subList(0, 2),
                    Attributed.NONE.plus(signups, reason == null),
                    (a, b) -> new Attributed(a.signups() + b.signups(), a.attributed() + b.attributed()));
            if (reason != null) {
                missing.merge(reason, signups, Long::sum);
            }
        });
        Attributed all = counted.all();
        return new HealthResponse(
                range.from(),
                range.to(),
                range.zoneName(),
                all.signups(),
                all.attributed(),
                all.share(),
                paths.entrySet().stream()
                        .map(HealthService::path)
                        .sorted(LARGEST_PATH)
                        .toList(),
                missing.entrySet().stream()
                        .map(entry -> new HealthResponse.Missing(entry.getKey(), entry.getValue()))
                        .sorted(MOST_FREQUENT)
                        .toList(),
                new HealthResponse.Baseline(
                        baseline.from(),
                        baseline.to(),
                        counted.before().signups(),
                        counted.before().share()),
                all.isDroppedFrom(counted.before()));
    }

    private static final Comparator<HealthResponse.Path> LARGEST_PATH = Comparator.comparingLong(
                    HealthResponse.Path::signups)
            .reversed()
            .thenComparing(path -> path.source() + path.trust());

    private static final Comparator<HealthResponse.Missing> MOST_FREQUENT = Comparator.comparingLong(
                    HealthResponse.Missing::signups)
            .reversed()
            .thenComparing(HealthResponse.Missing::reason);

    private static HealthResponse.Path path(Map.Entry<List<@Nullable String>, Attributed> entry) {
        Attributed of = entry.getValue();
        return new HealthResponse.Path(
                entry.getKey().get(0),
                entry.getKey().get(1),
                of.signups(),
                of.attributed(),
                Objects.requireNonNull(of.share()));
    }
}
