package com.vibnai.attribution.acquisition;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How many times fell in each class of {@link TwoDigits}. Grows with what it holds: most groups of a report are small. */
final class ClassCounts {

    private static final int SMALL = 4;

    /** A class and one, so that nothing is 0; probed one by one. */
    private int[] classes = new int[SMALL];

    private long[] counts = new long[SMALL];
    private int used;
    private long total;

    void add(int timeClass) {
        int place = place(timeClass + 1);
        if (classes[place] == 0) {
            classes[place] = timeClass + 1;
            used++;
        }
        counts[place]++;
        total++;
        if (used * 2 > classes.length) {
            grow();
        }
    }

    /** The lower median in seconds; null if nothing was added. */
    @Nullable
    Long median() {
        int[] sorted =
                Arrays.stream(classes).filter(known -> known > 0).sorted().toArray();
        long passed = 0;
        for (int known : sorted) {
            passed += counts[place(known)];
            if (passed * 2 >= total) {
                return TwoDigits.seconds(known - 1);
            }
        }
        return null;
    }

    private int place(int known) {
        int mask = classes.length - 1;
        int place = ((known * 0x9E3779B9) >>> 16) & mask;
        while (classes[place] != 0 && classes[place] != known) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        int[] known = classes;
        long[] counted = counts;
        classes = new int[known.length * 2];
        counts = new long[known.length * 2];
        for (int i = 0; i < known.length; i++) {
            if (known[i] != 0) {
                int place = place(known[i]);
                classes[place] = known[i];
                counts[place] = counted[i];
            }
        }
    }
}
