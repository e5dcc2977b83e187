package com.vibnai.umami.live;

import java.time.Duration;

/**
 * Time to the next look: the shortest after events, then half as much again each time nothing happens, up to the longest.
 *
 * @param current the time now
 */
record Pace(Duration shortest, Duration longest, Duration current) {

    /** At full speed. */
    static Pace fast(Duration shortest, Duration longest) {
        return new Pace(shortest, longest, shortest);
    }

    /** After a look that brought events. */
    Pace busy() {
        return fast(shortest, longest);
    }

    /** After a look that brought nothing, or failed. */
    Pace idle() {
        Duration slower = current.multipliedBy(3).dividedBy(2);
        return new Pace(shortest, longest, slower.compareTo(longest) > 0 ? longest : slower);
    }
}
