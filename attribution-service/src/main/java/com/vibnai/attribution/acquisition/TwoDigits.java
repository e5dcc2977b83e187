package com.vibnai.attribution.acquisition;

/**
 * Seconds to two significant digits, as numbers that are dense and keep the order: 0 to 99 stand for themselves, then come 90
 * for each further digit. A median of rounded times is the rounded median, and can be had from counts.
 */
final class TwoDigits {

    private static final int EXACT = 100;
    private static final int A_DIGIT = 90;

    private TwoDigits() {}

    /** The class of this many seconds, rounded half up; less than none counts as none. */
    static int of(long seconds) {
        long rest = Math.max(0, seconds);
        if (rest < EXACT) {
            return (int) rest;
        }
        long unit = 1;
        while (rest / unit >= EXACT) {
            unit *= 10;
        }
        long digits = (rest + unit / 2) / unit;
        int power = Long.toString(unit).length() - 1;
        return EXACT + (power - 1) * A_DIGIT + (int) digits - 10;
    }

    /** The seconds that a class stands for. */
    static long seconds(int of) {
        if (of < EXACT) {
            return of;
        }
        int power = (of - EXACT) / A_DIGIT + 1;
        long seconds = (of - EXACT) % A_DIGIT + 10L;
        for (int i = 0; i < power; i++) {
            seconds *= 10;
        }
        return seconds;
    }
}
