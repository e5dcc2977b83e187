package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vibnai.attribution.touch.TouchFields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The tracker's cookie {@code vibn_attribution}: percent-encoded JSON with the touches {@code first} and {@code last}, each of
 * text fields only. It comes from a browser, so anything else may stand in it; that reads as nothing.
 *
 * @param first the first touch, if the cookie holds one
 * @param last the last touch, if the cookie holds one
 */
record AttributionCookie(
        @Nullable TouchFields first, @Nullable TouchFields last) {

    private static final String NAME = "vibn_attribution=";
    private static final int LONGEST = 8192;

    /** The touches of a raw cookie value, percent-encoded or decoded already; null for what is no such cookie. */
    static @Nullable AttributionCookie read(JsonNode given, ObjectMapper json) {
        if (!given.isTextual() || given.textValue().length() > LONGEST) {
            return null;
        }
        try {
            JsonNode kept = json.readTree(decoded(given.textValue().strip()));
            TouchFields first = touch(kept.path("first"), json);
            TouchFields last = touch(kept.path("last"), json);
            return first == null && last == null ? null : new AttributionCookie(first, last);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String decoded(String value) {
        String bare = value.startsWith(NAME) ? value.substring(NAME.length()) : value;
        return bare.startsWith("{") ? bare : URLDecoder.decode(bare.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static @Nullable TouchFields touch(JsonNode touch, ObjectMapper json) throws JsonProcessingException {
        if (!touch.isObject() || touch.isEmpty()) {
            return null;
        }
        for (JsonNode field : touch) {
            if (!field.isTextual()) {
                return null;
            }
        }
        return json.treeToValue(touch, TouchFields.class);
    }
}
