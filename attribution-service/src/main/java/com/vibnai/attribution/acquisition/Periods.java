package com.vibnai.attribution.acquisition;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The periods of a report, one after the other. Time is counted in quarters of an hour since 1970, at one of which every period
 * begins.
 */
final class Periods {

    static final Duration QUARTER = Duration.ofMinutes(15);

    private final List<LocalDate> labels;
    /** Where each begins, and where the last ends. */
    private final long[] bounds;

    private Periods(List<LocalDate> labels, long[] bounds) {
        this.labels = labels;
        this.bounds = bounds;
    }

    /** From the beginning of {@code from} to that of {@code to}; the first and the last period may be cut off. */
    static Periods of(LocalDate from, LocalDate to, Interval interval, ZoneId zone) {
        List<LocalDate> labels = new ArrayList<>();
        List<Long> bounds = new ArrayList<>();
        for (LocalDate begin = interval.begin(from); begin.isBefore(to); begin = interval.next(begin, to)) {
            labels.add(begin);
            bounds.add(quarter(
                    (begin.isBefore(from) ? from : begin).atStartOfDay(zone).toInstant()));
        }
        bounds.add(quarter(to.atStartOfDay(zone).toInstant()));
        return new Periods(
                List.copyOf(labels), bounds.stream().mapToLong(bound -> bound).toArray());
    }

    /** One period without a name; both are cut down to their quarters of an hour. */
    static Periods between(Instant from, Instant to) {
        return new Periods(List.of(), new long[] {quarter(from), quarter(to)});
    }

    private static long quarter(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), QUARTER.toSeconds());
    }

    /** The first day of each; it may lie before the report's time. */
    List<LocalDate> labels() {
        return labels;
    }

    int count() {
        return bounds.length - 1;
    }

    /** The first UTC day that a period has a part of, since 1970. */
    long firstDay() {
        return Math.floorDiv(bounds[0], Segment.QUARTERS);
    }

    /** The last UTC day that a period has a part of. */
    long lastDay() {
        return Math.floorDiv(bounds[count()] - 1, Segment.QUARTERS);
    }

    /** Whether nothing of this UTC day or a later one is in the period. */
    boolean isOver(int period, long day) {
        return day * Segment.QUARTERS >= bounds[period + 1];
    }

    /** The period of each quarter of an hour of a UTC day; negative for none. */
    int[] ofDay(long day) {
        int[] periods = new int[Segment.QUARTERS];
        for (int i = 0; i < periods.length; i++) {
            int found = Arrays.binarySearch(bounds, day * Segment.QUARTERS + i);
            int period = found >= 0 ? found : -found - 2;
            periods[i] = period < count() ? period : -1;
        }
        return periods;
    }
}
