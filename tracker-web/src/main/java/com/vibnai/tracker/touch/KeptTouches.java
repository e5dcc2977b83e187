package com.vibnai.tracker.touch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.vibnai.tracker.platform.ApiException;
import com.vibnai.tracker.platform.FieldError;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the tracker keeps of a visitor, checked field by field: nothing may enter the cookie through here that the tracker
 * would not write itself.
 *
 * @param cookieValue as the tracker writes and reads it
 */
record KeptTouches(String cookieValue) {

    /** Longest value of a cookie, in characters. The tracker has the same bound. */
    static final int LONGEST = 2048;

    /** The tracker's list, {@code parameters.ts}. */
    static final Set<String> PARAMETERS = Set.of(
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "utm_id",
            "utm_source_platform",
            "gclid",
            "gbraid",
            "wbraid",
            "dclid",
            "gclsrc",
            "gad_source",
            "fbclid",
            "msclkid",
            "ttclid",
            "twclid",
            "li_fat_id",
            "rdt_cid",
            "sccid",
            "epik",
            "yclid",
            "irclid",
            "mc_cid",
            "_kx");

    private static final Set<String> REFERRER_SCHEMES = Set.of("http", "https", "android-app", "ios-app");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads JSON of touches; what is not exactly that is refused. */
    static KeptTouches parse(String body) {
        JsonNode kept = body.length() > LONGEST ? null : read(body);
        if (kept == null || !kept.isObject()) {
            throw invalid("body", "has to be a JSON object of at most " + LONGEST + " characters");
        }
        List<FieldError> errors = new ArrayList<>();
        kept.properties().forEach(field -> {
            switch (field.getKey()) {
                case "first", "last" -> checkTouch(field.getKey(), field.getValue(), errors);
                case "since" -> check("since", field.getValue(), KeptTouches::isTime, errors);
                default -> errors.add(unknown(field.getKey()));
            }
        });
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
        String value = encoded(kept.toString());
        if (value.length() > LONGEST) {
            throw invalid("body", "has to have at most " + LONGEST + " characters when encoded for a cookie");
        }
        return new KeptTouches(value);
    }

    private static void checkTouch(String name, JsonNode touch, List<FieldError> errors) {
        if (!touch.isObject() || !touch.has("first_seen_at")) {
            errors.add(new FieldError(name, "has to be a touch with first_seen_at"));
            return;
        }
        touch.properties().forEach(field -> {
            String path = name + "." + field.getKey();
            switch (field.getKey()) {
                case "first_seen_at" -> check(path, field.getValue(), KeptTouches::isTime, errors);
                case "landing_page" -> check(path, field.getValue(), url(Set.of("http", "https")), errors);
                case "referrer" -> check(path, field.getValue(), url(REFERRER_SCHEMES), errors);
                default -> {
                    if (PARAMETERS.contains(field.getKey())) {
                        check(path, field.getValue(), text -> true, errors);
                    } else {
                        errors.add(unknown(path));
                    }
                }
            }
        });
    }

    private static void check(String path, JsonNode value, Predicate<String> valid, List<FieldError> errors) {
        boolean printable =
                value.isTextual() && value.textValue().chars().noneMatch(c -> Character.isISOControl((char) c));
        if (!printable || value.textValue().isEmpty() || !valid.test(value.textValue())) {
            errors.add(new FieldError(path, "is not what the tracker writes there"));
        }
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Predicate<String> url(Set<String> schemes) {
        return text -> {
            try {
                // Browsers let through what RFC 3986 does not; only scheme and host matter here.
                URI uri = new URI(text.split("[?#]", 2)[0].replaceAll(
                        "[^\\x21-\\x7e]|[\\[\\]{}|\\\\^`\"<>]|%(?![0-9a-fA-F]{2})", "_"));
                return uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getRawAuthority() != null;
            } catch (URISyntaxException e) {
                return false;
            }
        };
    }

    private static FieldError unknown(String path) {
        // The name is the caller's; it is not repeated at any length.
        return new FieldError(path.length() > 80 ? path.substring(0, 80) : path, "is not a field of a touch");
    }

    private static ApiException invalid(String field, String message) {
        return ApiException.invalid(List.of(new FieldError(field, message)));
    }

    private static @Nullable JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** As JavaScript's encodeURIComponent. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
    }
}
