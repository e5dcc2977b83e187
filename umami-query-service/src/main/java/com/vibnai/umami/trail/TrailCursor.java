package com.vibnai.umami.trail;

import com.vibnai.umami.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The last event of a page: time and, because several may share it, id. Opaque to callers. */
record TrailCursor(Instant occurredAt, UUID eventId) {

    static @Nullable TrailCursor parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = Math.max(text.indexOf(' '), 0);
            return new TrailCursor(Instant.parse(text.substring(0, space)), UUID.fromString(text.substring(space + 1)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ApiException.invalid("cursor", "is not one that this call gave out");
        }
    }

    @Override
    public String toString() {
        String text = occurredAt + " " + eventId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
