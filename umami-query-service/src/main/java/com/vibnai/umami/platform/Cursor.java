package com.vibnai.umami.platform;

import com.vibnai.umami.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page ended: a time and, because several rows may share it, an id. Opaque to callers. */
public record Cursor(Instant at, UUID id) {

    /** Far beyond what Umami has, well within what PostgreSQL takes. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** The cursor of this text, null if there is none; 400 if it is not one that a page gave out. */
    public static @Nullable Cursor parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int space = Math.max(decoded.indexOf(' '), 0);
            Instant at = Instant.parse(decoded.substring(0, space));
            if (!at.isBefore(EARLIEST) && !at.isAfter(LATEST)) {
                return new Cursor(at, UUID.fromString(decoded.substring(space + 1)));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Said below, like a time out of bounds.
        }
        throw ApiException.invalid("cursor", "is not one that this call gave out");
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }
}
