package com.vibnai.umami.live;

import com.vibnai.umami.source.SourceConfig;
import java.time.Duration;

/**
 * Time to the next look: the shortest after events, then half as much again each time nothing happens, up to the longest.
 *
 * @param current the time now
 */
record Pace(Duration shortest, Duration longest, Duration current) {

    /** At full speed; through Umami's REST API that is slower, as each look takes several of the calls that it allows. */
    static Pace of(LiveConfig config, SourceConfig.Kind source) {
        Duration least = source == SourceConfig.Kind.API ? config.apiInterval() : Duration.ZERO;
        return fast(later(config.shortestInterval(), least), later(config.longestInterval(), least));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

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
