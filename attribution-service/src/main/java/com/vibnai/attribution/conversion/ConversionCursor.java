package com.vibnai.attribution.conversion;

import com.vibnai.attribution.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page ended. Opaque to callers. */
record ConversionCursor(Instant occurredAt, UUID conversionId) {

    static @Nullable ConversionCursor parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = Math.max(text.indexOf(' '), 0);
            return new ConversionCursor(
                    Instant.parse(text.substring(0, space)), UUID.fromString(text.substring(space + 1)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ApiException.invalid("cursor", "is not one that this call gave out");
        }
    }

    @Override
    public String toString() {
        String text = occurredAt + " " + conversionId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
