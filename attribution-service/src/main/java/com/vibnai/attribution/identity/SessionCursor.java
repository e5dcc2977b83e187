package com.vibnai.attribution.identity;

import com.vibnai.attribution.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of sessions ended. Opaque to callers. */
final class SessionCursor {

    private SessionCursor() {}

    static String write(SessionKey key) {
        String text = key.websiteId() + " " + key.sessionId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable SessionKey read(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = Math.max(text.indexOf(' '), 0);
            return new SessionKey(
                    UUID.fromString(text.substring(0, space)), UUID.fromString(text.substring(space + 1)));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("cursor", "is not one that this call gave out");
        }
    }
}
