package com.vibnai.attribution.acquisition;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the figures of the groups that are in the answer, of all others together, and of all. */
final class Tally implements Sink {

    private final int[] placeOf;
    private final int others;
    private final Side main;
    private final Figures totals = new Figures();
    private final Counts first;
    private final Counts last;
    private final Set<Side> sides;

    /** For these groups, in the order of their places. */
    Tally(List<Integer> shown, int groups, Set<Side> sides, Side main, int periods) {
        this.others = shown.size();
        this.main = main;
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
        if (side == main) {
            totals.signUp(timeClass);
        }
    }

    @Override
    public void convert(Side side, int group, int period, Converted user) {
        int place = placeOf[group];
        Counts counts = of(side);
        counts.figures[place].convert(user);
        counts.converted[place][period]++;
        if (side == main) {
            totals.convert(user);
        }
    }

    FiguresResponse totals() {
        return totals.toResponse();
    }

    /** Where all groups are that have no place of their own. */
    int others() {
        return others;
    }

    @Nullable
    FiguresResponse figures(Side side, int place) {
        return sides.contains(side) ? of(side).figures[place].toResponse() : null;
    }

    TrendResponse trend(int place) {
        return new TrendResponse(series(Side.FIRST, place), series(Side.LAST, place));
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
