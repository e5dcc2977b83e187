package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.platform.json.StorableText;
import com.vibnai.attribution.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page ended. Opaque to callers. */
record AttributionCursor(Instant signedUpAt, String userId) {

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    static @Nullable AttributionCursor parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            Instant signedUpAt = Instant.parse(text.substring(0, Math.max(space, 0)));
            String userId = text.substring(space + 1);
            if (signedUpAt.isBefore(Instant.EPOCH)
                    || signedUpAt.isAfter(LATEST)
                    || !StorableText.Check.isStorable(userId)) {
                throw new IllegalArgumentException();
            }
            return new AttributionCursor(signedUpAt, userId);
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
