package com.vibnai.umami.sitefunnel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a visitor came. Steps are reached in order: each at the same time as the one before or later, and all of them no
 * later than a window after the first. Of the ways through a visitor's history the one counts that leads furthest; of
 * several such the one that starts first, each step as soon as it can be.
 */
final class Chain {

    private Chain() {}

    /**
     * When each step was reached; empty if not even the first was.
     *
     * @param times when each step happened, whether in order or not; ascending
     */
    static List<Instant> of(List<List<Instant>> times, Duration window) {
        List<Instant> furthest = List.of();
        for (Instant start : times.get(0)) {
            List<Instant> chain = from(start, times, start.plus(window));
            if (chain.size() > furthest.size()) {
                furthest = chain;
            }
            if (furthest.size() == times.size()) {
                break;
            }
        }
        return furthest;
    }

    private static List<Instant> from(Instant start, List<List<Instant>> times, Instant last) {
        List<Instant> chain = new ArrayList<>();
        Instant at = start;
        for (int step = 0; step < times.size(); step++) {
            Instant next = atOrAfter(times.get(step), at);
            if (next == null || next.isAfter(last)) {
                break;
            }
            chain.add(next);
            at = next;
        }
        return chain;
    }

    private static @Nullable Instant atOrAfter(List<Instant> times, Instant at) {
        int found = Collections.binarySearch(times, at);
        int place = found >= 0 ? found : -found - 1;
        return place < times.size() ? times.get(place) : null;
    }
}
