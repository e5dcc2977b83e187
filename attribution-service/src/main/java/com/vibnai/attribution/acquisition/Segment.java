package com.vibnai.attribution.acquisition;

/**
 * The signups of one UTC day, sorted by their touches. {@code signups} is: the number of touches and their ids; then for each
 * pair of a first and a last touch their places among those, how many signups have this pair, and three bytes for each of
 * these: the quarter of an hour, and the time class and one (0 where it is not known). {@code conversions} is: the number of
 * names and the names; of currencies likewise; then for each user with conversions the places of both touches, the quarter of
 * the signup, and how many entries follow, each with the places of its name and, plus one, of its currency, the count, the
 * time class and, where there is a currency, the sum.
 */
final class Segment {

    /** Quarters of an hour in a day. Every time zone since 1980 begins its days at one. */
    static final int QUARTERS = 96;

    private final long day;
    private final byte[] signups;
    private final byte[] conversions;

    /** Of this day since 1970; {@code conversions} is empty where nobody asked for them. */
    Segment(long day, byte[] signups, byte[] conversions) {
        this.day = day;
        this.signups = signups;
        this.conversions = conversions;
    }

    long day() {
        return day;
    }

    byte[] signups() {
        return signups;
    }

    byte[] conversions() {
        return conversions;
    }

    /** The ids of touches that {@link #signups} begins with. */
    static int[] touches(Bytes signups) {
        int[] touches = new int[signups.number()];
        for (int i = 0; i < touches.length; i++) {
            touches[i] = signups.number();
        }
        return touches;
    }
}
