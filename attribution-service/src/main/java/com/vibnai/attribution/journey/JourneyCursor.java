package com.vibnai.attribution.journey;

import com.vibnai.attribution.platform.json.StorableText;
import com.vibnai.attribution.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page ended: when the last journey of it started, and whose it was. Opaque to callers. */
record JourneyCursor(Instant startedAt, String userId) {

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    static @Nullable JourneyCursor parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = Math.max(text.indexOf(' '), 0);
            JourneyCursor parsed =
                    new JourneyCursor(Instant.parse(text.substring(0, space)), text.substring(space + 1));
            if (!parsed.startedAt.isBefore(Instant.EPOCH)
                    && !parsed.startedAt.isAfter(LATEST)
                    && StorableText.Check.isStorable(parsed.userId)) {
                return parsed;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Said below, like a time out of bounds.
        }
        throw ApiException.invalid("cursor", "is not one that this call gave out");
    }

    @Override
    public String toString() {
        String text = startedAt + " " + userId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
