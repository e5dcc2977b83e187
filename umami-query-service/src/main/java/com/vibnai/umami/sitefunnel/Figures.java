package com.vibnai.umami.sitefunnel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts chains. */
final class Figures {

    private Figures() {}

    /** The figures of each of so many steps. */
    static List<SiteFunnelResponse.Step> of(List<List<Instant>> chains, int steps) {
        List<SiteFunnelResponse.Step> figures = new ArrayList<>();
        int first = count(chains, 0);
        int previous = first;
        for (int step = 0; step < steps; step++) {
            int visitors = count(chains, step);
            figures.add(new SiteFunnelResponse.Step(
                    visitors, share(visitors, first), share(visitors, previous), median(chains, step)));
            previous = visitors;
        }
        return figures;
    }

    private static int count(List<List<Instant>> chains, int step) {
        return (int) chains.stream().filter(chain -> chain.size() > step).count();
    }

    private static @Nullable Double share(int part, int whole) {
        return whole == 0 ? null : (double) part / whole;
    }

    private static @Nullable Long median(List<List<Instant>> chains, int step) {
        if (step == 0) {
            return null;
        }
        List<Long> seconds = chains.stream()
                .filter(chain -> chain.size() > step)
                .map(chain ->
                        Duration.between(chain.get(step - 1), chain.get(step)).toSeconds())
                .sorted()
                .toList();
        return seconds.isEmpty() ? null : seconds.get((seconds.size() - 1) / 2);
    }
}
