package com.vibnai.umami.live;

import com.vibnai.umami.source.EventPosition;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a listener has been sent: everything up to {@code floor}, and of what lies after it the {@code recent} events. An
 * event that appears late is told from one that was sent by that, here and, since the value is the id of each message, by
 * the replica that a listener reconnects to. Past {@value #MOST} recent events the oldest become the floor.
 *
 * @param floor nothing at or before it is sent any more
 * @param recent sent events after it, oldest first
 */
record LivePosition(EventPosition floor, List<EventPosition> recent) {

    /** Recent events that are remembered at most: they have to fit in a request header. */
    static final int MOST = 64;

    private static final Comparator<EventPosition> ORDER = Comparator.comparing(EventPosition::occurredAt)
            .thenComparing(EventPosition::eventId, LivePosition::compareAsPostgres);

    private static final UUID LOWEST = new UUID(0, 0);
    private static final EventPosition BEGINNING = new EventPosition(Instant.EPOCH, LOWEST);
    private static final byte VERSION = 1;

    /** Copies the list. */
    LivePosition {
        recent = List.copyOf(recent);
    }

    /** Of a listener that has been sent everything that is there: the {@value #MOST} latest events, in any order. */
    static LivePosition after(List<EventPosition> latest, Instant now, Duration lateness) {
        EventPosition unread = latest.size() < MOST ? BEGINNING : Collections.min(latest, ORDER);
        LivePosition position = new LivePosition(unread, List.of());
        for (EventPosition event : latest.stream().sorted(ORDER).toList()) {
            position = position.with(event, now, lateness);
        }
        return position;
    }

    /** Whether the event was not sent yet. */
    boolean lacks(EventPosition event) {
        return ORDER.compare(event, floor) > 0 && !recent.contains(event);
    }

    /**
     * After the event was sent, too.
     *
     * @param now by our clock: an event with a time in the future must not hide those before it
     * @param lateness how far before the latest event the floor is
     */
    LivePosition with(EventPosition event, Instant now, Duration lateness) {
        TreeSet<EventPosition> sent = new TreeSet<>(ORDER);
        sent.addAll(recent);
        sent.add(event);
        Instant latest = sent.last().occurredAt();
        Instant settled = (latest.isAfter(now) ? now : latest).minus(lateness);
        EventPosition lowest = later(floor, new EventPosition(settled, LOWEST));
        while (sent.size() > MOST) {
            lowest = later(lowest, sent.pollFirst());
        }
        return new LivePosition(lowest, List.copyOf(sent.tailSet(lowest, false)));
    }

    /** The one that reaches further back. */
    static EventPosition earlier(EventPosition a, EventPosition b) {
        return ORDER.compare(a, b) <= 0 ? a : b;
    }

    private static EventPosition later(EventPosition a, EventPosition b) {
        return ORDER.compare(a, b) >= 0 ? a : b;
    }

    /** PostgreSQL orders uuids by their bytes; Java by two signed numbers. */
    private static int compareAsPostgres(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }

    /** Reads what {@link #toString} wrote; nothing if it is something else. */
    static Optional<LivePosition> parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.get() != VERSION) {
                return Optional.empty();
            }
            EventPosition floor = read(bytes);
            TreeSet<EventPosition> recent = new TreeSet<>(ORDER);
            while (bytes.hasRemaining() && recent.size() <= MOST) {
                recent.add(read(bytes));
            }
            return recent.size() > MOST ? Optional.empty() : Optional.of(new LivePosition(floor, List.copyOf(recent)));
        } catch (IllegalArgumentException | BufferUnderflowException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Opaque to listeners; 35 to 2,100 characters. */
    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(1 + 24 * (1 + recent.size())).put(VERSION);
        write(bytes, floor);
        recent.forEach(event -> write(bytes, event));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static void write(ByteBuffer bytes, EventPosition event) {
        bytes.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, event.occurredAt()))
                .putLong(event.eventId().getMostSignificantBits())
                .putLong(event.eventId().getLeastSignificantBits());
    }

    private static EventPosition read(ByteBuffer bytes) {
        Instant at = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
        return new EventPosition(at, new UUID(bytes.getLong(), bytes.getLong()));
    }
}
