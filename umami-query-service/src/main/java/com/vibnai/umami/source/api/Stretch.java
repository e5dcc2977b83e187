package com.vibnai.umami.source.api;

import java.util.List;

/**
 * Events that were read.
 *
 * @param events each once, in any order
 * @param complete whether these are all there are in the time asked for
 */
record Stretch(List<Found> events, boolean complete) {

    /** Copies the list. */
    Stretch {
        events = List.copyOf(events);
    }

    /** Several as one. */
    static Stretch of(List<Stretch> parts, boolean allParts) {
        List<Found> all =
                parts.stream().flatMap(part -> part.events.stream()).distinct().toList();
        return new Stretch(all, allParts && parts.stream().allMatch(Stretch::complete));
    }
}
