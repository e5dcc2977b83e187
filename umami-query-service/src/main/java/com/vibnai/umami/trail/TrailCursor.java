package com.vibnai.umami.trail;

import com.vibnai.umami.platform.Cursor;
import com.vibnai.umami.source.EventPosition;
import org.jspecify.annotations.Nullable;

/** The last event of a page as a text that is opaque to callers. */
final class TrailCursor {

    private TrailCursor() {}

    static @Nullable EventPosition parse(@Nullable String cursor) {
        Cursor parsed = Cursor.parse(cursor);
        return parsed == null ? null : new EventPosition(parsed.at(), parsed.id());
    }

    static String of(EventPosition last) {
        return new Cursor(last.occurredAt(), last.eventId()).toString();
    }
}
