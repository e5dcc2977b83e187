package com.vibnai.attribution.acquisition;

/** Takes what is read from a {@link Segment}: only what is in a group and in a period. */
interface Sink {

    /** A signup; the time class is negative if it is not known. */
    void signUp(Side side, int group, int period, int timeClass);

    /** A user with conversions that count. */
    default void convert(Side side, int group, int period, Converted user) {}
}
