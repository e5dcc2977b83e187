package com.vibnai.attribution.acquisition;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many times fell in each class of {@link TwoDigits}. Grows with what it holds, since most groups of a report are small:
 * a small hash table first, one counter a class when there are many.
 */
final class ClassCounts {

    private static final int SMALL = 4;
    private static final int LARGEST_TABLE = 64;
    private static final int[] NONE = {};

    /** A class and one, so that nothing is 0; probed one by one. Empty once there is a counter for each class. */
    private int[] classes = new int[SMALL];

    private int[] counts = new int[SMALL];
    private int used;
    private long total;

    void add(int timeClass) {
        add(timeClass, 1);
    }

    /** All that another one holds. */
    void addAll(ClassCounts others) {
        for (int i = 0; i < others.counts.length; i++) {
            if (others.counts[i] > 0) {
                add(others.classAt(i), others.counts[i]);
            }
        }
    }

    /** The lower median in seconds; null if nothing was added. */
    @Nullable
    Long median() {
        if (classes != NONE) {
            useOneCounterAClass();
        }
        long passed = 0;
        for (int timeClass = 0; timeClass < counts.length; timeClass++) {
            passed += counts[timeClass];
            if (counts[timeClass] > 0 && passed * 2 >= total) {
                return TwoDigits.seconds(timeClass);
            }
        }
        return null;
    }

    private void add(int timeClass, int times) {
        total += times;
        if (classes == NONE) {
            if (timeClass >= counts.length) {
                counts = Arrays.copyOf(counts, Math.max(timeClass + 1, counts.length * 2));
            }
            counts[timeClass] += times;
            return;
        }
        int place = place(timeClass + 1);
        if (classes[place] == 0) {
            classes[place] = timeClass + 1;
            used++;
        }
        counts[place] += times;
        if (used * 2 > classes.length) {
            grow();
        }
    }

    private int classAt(int place) {
        return classes == NONE ? place : classes[place] - 1;
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
        if (classes.length == LARGEST_TABLE) {
            useOneCounterAClass();
            return;
        }
        int[] known = classes;
        int[] counted = counts;
        classes = new int[known.length * 2];
        counts = new int[known.length * 2];
        for (int i = 0; i < known.length; i++) {
            if (known[i] != 0) {
                int place = place(known[i]);
                classes[place] = known[i];
                counts[place] = counted[i];
            }
        }
    }

    private void useOneCounterAClass() {
        int[] counters = new int[Arrays.stream(classes).max().orElse(0)];
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] != 0) {
                counters[classes[i] - 1] = counts[i];
            }
        }
        classes = NONE;
        counts = counters;
    }
}
