package com.vibnai.attribution.acquisition;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The conversions of one user that count. Used again for the next user. */
final class Converted {

    private final Set<String> wanted;
    private String[] currencies = new String[4];
    private BigInteger[] values = new BigInteger[4];
    private int sums;
    private int count;
    private int timeClass;

    /** Counts conversions of these names; of all, if there are none. */
    Converted(Set<String> wanted) {
        this.wanted = new HashSet<>(wanted);
    }

    boolean[] wanted(String[] names) {
        boolean[] counting = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            counting[i] = wanted.isEmpty() || wanted.contains(names[i]);
        }
        return counting;
    }

    void clear() {
        sums = 0;
        count = 0;
        timeClass = Integer.MAX_VALUE;
    }

    void add(int more, int first) {
        count += more;
        timeClass = Math.min(timeClass, first);
    }

    void add(String currency, BigInteger value) {
        if (sums == values.length) {
            currencies = Arrays.copyOf(currencies, sums * 2);
            values = Arrays.copyOf(values, sums * 2);
        }
        currencies[sums] = currency;
        values[sums++] = value;
    }

    int count() {
        return count;
    }

    int timeClass() {
        return timeClass;
    }

    void addTo(Figures figures) {
        for (int i = 0; i < sums; i++) {
            figures.earn(currencies[i], values[i]);
        }
    }
}
