package com.vibnai.attribution.acquisition;

import java.math.BigInteger;

/** An exact sum. Most fit in a long, and adding longs makes no garbage. */
final class Sum {

    private BigInteger large = BigInteger.ZERO;
    private long rest;

    void add(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            add(value.longValue());
        } else {
            large = large.add(value);
        }
    }

    void add(Sum other) {
        large = large.add(other.large);
        add(other.rest);
    }

    BigInteger value() {
        return large.add(BigInteger.valueOf(rest));
    }

    private void add(long value) {
        long sum = rest + value;
        boolean overflows = ((rest ^ sum) & (value ^ sum)) < 0;
        if (overflows) {
            large = value();
            rest = value;
        } else {
            rest = sum;
        }
    }
}
