package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page ended. Opaque to callers. */
record AttributionCursor(Instant signedUpAt, String userId) {

    static @Nullable AttributionCursor parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            return new AttributionCursor(
                    Instant.parse(text.substring(0, Math.max(space, 0))), text.substring(space + 1));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ApiException.invalid("cursor", "is not one that this call gave out");
        }
    }

    @Override
    public String toString() {
        String text = signedUpAt + " " + userId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
