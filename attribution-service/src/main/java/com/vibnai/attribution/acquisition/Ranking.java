package com.vibnai.attribution.acquisition;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Counts the signups of each group, and says which groups are the largest. */
final class Ranking implements Sink {

    private long[] signups = new long[64];
    private boolean[] seen = new boolean[64];

    /** Of so many groups that are counted already. */
    static Ranking of(Tally tally, Tally before, int groups) {
        Ranking ranking = new Ranking();
        for (int group = 0; group < groups; group++) {
            ranking.grow(group);
            ranking.signups[group] = tally.signups(group);
            ranking.seen[group] = tally.signups(group) + before.signups(group) > 0;
        }
        return ranking;
    }

    @Override
    public void signUp(Side side, int group, int period, int timeClass) {
        grow(group);
        signups[group]++;
        seen[group] = true;
    }

    /** Makes a group known that has no signups of its own in the time that ranks. */
    Sink before() {
        return (side, group, period, timeClass) -> {
            grow(group);
            seen[group] = true;
        };
    }

    /** All that another one holds. */
    void addAll(Ranking other) {
        for (int group = 0; group < other.seen.length; group++) {
            grow(group);
            signups[group] += other.signups[group];
            seen[group] |= other.seen[group];
        }
    }

    private void grow(int group) {
        if (group >= signups.length) {
            signups = Arrays.copyOf(signups, Math.max(group + 1, signups.length * 2));
            seen = Arrays.copyOf(seen, signups.length);
        }
    }

    /** Groups that were seen, the largest first, then by value. */
    List<Integer> largest(Groups groups) {
        return IntStream.range(0, seen.length)
                .filter(group -> seen[group])
                .boxed()
                .sorted(Comparator.comparingLong((Integer group) -> -signups[group])
                        .thenComparing(
                                group -> groups.value(group).get(0), Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }
}
