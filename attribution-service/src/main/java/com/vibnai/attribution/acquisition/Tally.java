package com.vibnai.attribution.acquisition;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the figures of the groups that are in the answer, of all others together, and of all. */
final class Tally implements Sink {

    /** Stands for all groups that have no place of their own. */
    static final int OTHERS = -1;

    private final int[] placeOf;
    private final int others;
    private final Side main;
    private final int periods;
    private final Counts first;
    private final Counts last;
    private final Set<Side> sides;

    /** For these groups, in the order of their places. */
    Tally(List<Integer> shown, int groups, Set<Side> sides, Side main, int periods) {
        this.others = shown.size();
        this.main = main;
        this.periods = periods;
        this.sides = sides;
        this.placeOf = new int[groups];
        Arrays.fill(placeOf, others);
        for (int place = 0; place < others; place++) {
            placeOf[shown.get(place)] = place;
        }
        this.first = new Counts(others + 1, periods);
        this.last = new Counts(others + 1, periods);
    }

    /** What is counted by one of the two touches, by place. */
    private static final class Counts {

        private final Figures[] figures;
        private final int[][] signups;
        private final int[][] converted;

        Counts(int places, int periods) {
            figures = new Figures[places];
            Arrays.setAll(figures, place -> new Figures());
            signups = new int[places][periods];
            converted = new int[places][periods];
        }

        void addTo(Counts other, int place, int placeThere) {
            other.figures[placeThere].addAll(figures[place]);
            for (int period = 0; period < signups[place].length; period++) {
                other.signups[placeThere][period] += signups[place][period];
                other.converted[placeThere][period] += converted[place][period];
            }
        }
    }

    private Counts of(Side side) {
        return side == Side.FIRST ? first : last;
    }

    @Override
    public void signUp(Side side, int group, int period, int timeClass) {
        int place = placeOf[group];
        Counts counts = of(side);
        counts.figures[place].signUp(timeClass);
        counts.signups[place][period]++;
    }

    @Override
    public void convert(Side side, int group, int period, Converted user) {
        int place = placeOf[group];
        Counts counts = of(side);
        counts.figures[place].convert(user);
        counts.converted[place][period]++;
    }

    /** All that another one of the same groups holds. */
    void addAll(Tally other) {
        for (int place = 0; place <= others; place++) {
            other.first.addTo(first, place, place);
            other.last.addTo(last, place, place);
        }
    }

    /** The same with places for these groups only. */
    Tally withPlacesFor(List<Integer> shown) {
        Tally other = new Tally(shown, placeOf.length, sides, main, periods);
        for (int group = 0; group < placeOf.length; group++) {
            first.addTo(other.first, placeOf[group], other.placeOf[group]);
            last.addTo(other.last, placeOf[group], other.placeOf[group]);
        }
        return other;
    }

    FiguresResponse totals() {
        Figures totals = new Figures();
        for (Figures figures : of(main).figures) {
            totals.addAll(figures);
        }
        return totals.toResponse();
    }

    /** Of a group that has a place, or of {@link #OTHERS}. */
    @Nullable
    FiguresResponse figures(Side side, int group) {
        return sides.contains(side) ? of(side).figures[place(group)].toResponse() : null;
    }

    /** Of a group that has a place, or of {@link #OTHERS}. */
    TrendResponse trend(int group) {
        return new TrendResponse(series(Side.FIRST, place(group)), series(Side.LAST, place(group)));
    }

    /** By either touch that is asked for. */
    long signups(int group) {
        return first.figures[place(group)].signups() + last.figures[place(group)].signups();
    }

    private int place(int group) {
        return group == OTHERS ? others : placeOf[group];
    }

    private TrendResponse.@Nullable Series series(Side side, int place) {
        return sides.contains(side)
                ? new TrendResponse.Series(list(of(side).signups[place]), list(of(side).converted[place]))
                : null;
    }

    private static List<Integer> list(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
