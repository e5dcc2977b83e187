package com.vibnai.umami.source.api;

import com.vibnai.umami.source.Device;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.Segment;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** An event of a segment, as the API tells it. Ordered by time and then id, as PostgreSQL orders ids. */
record Found(Segment segment, UmamiApi.Activity activity) implements Comparable<Found> {

    private static final int PAGE_VIEW = 1;
    private static final int CUSTOM = 2;

    static final Comparator<UUID> AS_POSTGRES = (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    };

    private static final Comparator<EventPosition> ORDER =
            Comparator.comparing(EventPosition::occurredAt).thenComparing(EventPosition::eventId, AS_POSTGRES);

    Instant at() {
        return activity.createdAt();
    }

    UUID eventId() {
        return activity.eventId();
    }

    boolean isPageview() {
        return activity.eventType() == PAGE_VIEW;
    }

    /** Whether it counts, and stands in the segment. */
    boolean isOwned() {
        boolean counts = isPageview() || activity.eventType() == CUSTOM;
        boolean ofSession = activity.sessionId() == null || activity.sessionId().equals(segment.sessionId());
        boolean begun = segment.from() == null || !at().isBefore(segment.from());
        return counts && ofSession && begun && (segment.until() == null || at().isBefore(segment.until()));
    }

    boolean isBefore(EventPosition position) {
        return ORDER.compare(position(), position) < 0;
    }

    boolean isAfter(EventPosition position) {
        return ORDER.compare(position(), position) > 0;
    }

    Event toEvent(Device device) {
        return new Event(
                segment.websiteId(),
                eventId(),
                at(),
                isPageview(),
                activity.urlPath(),
                activity.urlQuery(),
                null,
                activity.hostname(),
                activity.eventName(),
                activity.referrerDomain(),
                segment.sessionId(),
                activity.visitId(),
                device,
                activity.hasData(),
                segment.shared());
    }

    private EventPosition position() {
        return new EventPosition(at(), eventId());
    }

    @Override
    public int compareTo(Found other) {
        return ORDER.compare(position(), other.position());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Found found && found.eventId().equals(eventId());
    }

    @Override
    public int hashCode() {
        return eventId().hashCode();
    }
}
