package com.vibnai.chaos;

import java.time.Duration;

/**
 * Something that breaks.
 *
 * @param name what, in words
 * @param lasts how long it stays broken
 * @param kills whether the service itself dies, so that its clients find nobody
 * @param begin breaks it
 * @param end mends it
 */
record Fault(String name, Duration lasts, boolean kills, Step begin, Step end) {

    /** One side of a fault. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }
}
