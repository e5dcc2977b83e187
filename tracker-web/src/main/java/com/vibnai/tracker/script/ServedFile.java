package com.vibnai.tracker.script;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that pages of any origin may load, isolated ones (COEP) included.
 *
 * @param mediaType of its content
 * @param cacheControl how long it may be kept
 * @param hash changes with the content
 * @param forms the content by content encoding; {@code identity} is always there
 * @param more further headers
 */
public record ServedFile(
        String mediaType, String cacheControl, String hash, Map<String, byte[]> forms, Map<String, String> more) {

    /** Media type of a script. */
    public static final String JAVASCRIPT = "text/javascript;charset=utf-8";
    /** Cached for ever: for names that change with the content. */
    public static final String FOREVER = "public, max-age=31536000, immutable";
    /** Asked for again after an hour, so that an update reaches sites that never change their tag. */
    public static final String AN_HOUR = "public, max-age=3600";

    private static final byte[] NOTHING = {};

    /** A file in these forms. */
    public static ServedFile of(
            String mediaType, String cacheControl, Map<String, byte[]> forms, Map<String, String> more) {
        byte[] content = forms.get("identity");
        if (content == null) {
            throw new IllegalArgumentException("a file needs its plain form");
        }
        return new ServedFile(mediaType, cacheControl, sha256(content), Map.copyOf(forms), more);
    }

    /**
     * What to send.
     *
     * @param status 200, or 304 without a body
     */
    @SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** The smallest form that {@code acceptEncoding} allows, or 304 if the caller has that one already. */
    public Answer answer(@Nullable String acceptEncoding, @Nullable String ifNoneMatch) {
        String encoding = Stream.of("br", "gzip")
                .filter(forms::containsKey)
                .filter(known -> accepts(acceptEncoding == null ? "" : acceptEncoding, known))
                .findFirst()
                .orElse("identity");
        // Each form is another representation, so it has a tag of its own (RFC 9110, 8.8.3.3).
        String tag = '"' + hash + (encoding.equals("identity") ? "" : "-" + encoding) + '"';
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("ETag", tag);
        headers.put("Cache-Control", cacheControl);
        headers.put("Vary", "Accept-Encoding");
        headers.put("Access-Control-Allow-Origin", "*");
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        headers.put("Timing-Allow-Origin", "*");
        if (ifNoneMatch != null && matches(ifNoneMatch, tag)) {
            return new Answer(304, headers, NOTHING);
        }
        headers.put("Content-Type", mediaType);
        if (!encoding.equals("identity")) {
            headers.put("Content-Encoding", encoding);
        }
        return new Answer(200, headers, forms.getOrDefault(encoding, NOTHING));
    }

    private static boolean accepts(String header, String encoding) {
        boolean rest = false;
        for (String part : header.split(",", -1)) {
            String[] words = part.strip().split("\\s*;\\s*", -1);
            boolean wanted = words.length == 1 || !words[1].matches("q=0(\\.0*)?");
            if (words[0].equalsIgnoreCase(encoding)) {
                return wanted;
            }
            rest |= words[0].equals("*") && wanted;
        }
        return rest;
    }

    /** Weak comparison: a proxy that compresses again marks the tag as weak. */
    private static boolean matches(String header, String tag) {
        return header.strip().equals("*")
                || Stream.of(header.split(",", -1))
                        .map(String::strip)
                        .map(known -> known.startsWith("W/") ? known.substring(2) : known)
                        .anyMatch(tag::equals);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, 32);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
