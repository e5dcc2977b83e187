package com.vibnai.umami.source;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When some actions happened.
 *
 * @param found in no order
 * @param readUntil there was too much to read: nothing from this instant on is in here; null if all is
 */
public record Occurrences(List<Occurrence> found, @Nullable Instant readUntil) {

    /** Nothing happened. */
    public static final Occurrences NONE = new Occurrences(List.of(), null);

    /**
     * An event that is at least one of the actions.
     *
     * @param actions which: the lowest bit is the first action
     */
    public record Occurrence(UUID websiteId, UUID sessionId, Instant at, int actions) {}
}
