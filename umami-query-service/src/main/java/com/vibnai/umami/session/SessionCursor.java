package com.vibnai.umami.session;

import com.vibnai.umami.platform.Cursor;
import com.vibnai.umami.source.SessionPosition;
import org.jspecify.annotations.Nullable;

/** The last session of a page as a text that is opaque to callers. */
final class SessionCursor {

    private SessionCursor() {}

    static @Nullable SessionPosition parse(@Nullable String cursor) {
        Cursor parsed = Cursor.parse(cursor);
        return parsed == null ? null : new SessionPosition(parsed.at(), parsed.id());
    }

    static String of(SessionPosition last) {
        return new Cursor(last.lastAt(), last.sessionId()).toString();
    }
}
