package com.vibnai.umami.follower;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far one table has been read.
 *
 * @param id of the last row, where more of the same time may follow
 * @param caughtUp whether all rows there were had been read; from then on only the latest minutes are read again
 */
record Place(Instant at, UUID id, boolean caughtUp) {

    static final UUID LOWEST = new UUID(0, 0);

    /** Before the first row. */
    static final Place BEGINNING = new Place(Instant.EPOCH, LOWEST, false);

    /** Reads what {@link #toString} wrote; the beginning where there is nothing. */
    static Place parse(@Nullable Object text) {
        if (text == null) {
            return BEGINNING;
        }
        String[] parts = text.toString().split(" ", -1);
        try {
            return new Place(Instant.parse(parts[0]), UUID.fromString(parts[1]), Boolean.parseBoolean(parts[2]));
        } catch (DateTimeException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return BEGINNING;
        }
    }

    /** Where reading starts. */
    Place start(Duration lateness) {
        return caughtUp ? new Place(at.minus(lateness), LOWEST, true) : this;
    }

    @Override
    public String toString() {
        return at + " " + id + " " + caughtUp;
    }
}
