package com.vibnai.testkit.umami.standin;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A valid body of {@code POST /api/send}. */
public record SendRequest(
        String type,
        UUID website,
        String hostname,
        @Nullable String screen,
        @Nullable String language,
        String url,
        @Nullable String referrer,
        @Nullable String title,
        @Nullable String name,
        @Nullable String tag,
        @Nullable String id,
        @Nullable JsonObject data,
        @Nullable Instant timestamp,
        @Nullable String ip,
        @Nullable String userAgent) {

    private static final Set<String> TYPES = Set.of("event", "identify", "performance");

    /** A body that Umami answers with 400; {@link #answer()} is what it says. */
    public static final class Rejected extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient JsonObject answer;

        Rejected(JsonObject error) {
            super(error.getString("message"));
            this.answer = new JsonObject()
                    .put("error", error.put("code", "bad-request").put("status", 400));
        }

        /** The body of the answer. */
        public JsonObject answer() {
            return answer;
        }
    }

    /** Reads a body; rejects what Umami's validation rejects. */
    public static SendRequest parse(String body) throws Rejected {
        try {
            JsonObject json = new JsonObject(body);
            JsonObject payload = json.getJsonObject("payload");
            String type = json.getString("type");
            if (payload == null || type == null || !TYPES.contains(type)) {
                throw new Rejected(new JsonObject().put("message", "Bad request"));
            }
            return of(type, payload);
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            throw new Rejected(new JsonObject().put("message", "Bad request"));
        }
    }

    /** The answer to a website that is not there. */
    public static Rejected unknownWebsite() {
        return new Rejected(new JsonObject().put("message", "Website not found."));
    }

    private static SendRequest of(String type, JsonObject payload) throws Rejected {
        String website = payload.getString("website");
        if (website == null) {
            throw new Rejected(missingWebsite());
        }
        Long timestamp = payload.getLong("timestamp");
        return new SendRequest(
                type,
                UUID.fromString(website),
                limited(payload.getString("hostname", ""), 100),
                payload.getString("screen"),
                payload.getString("language"),
                payload.getString("url", "/"),
                payload.getString("referrer"),
                payload.getString("title"),
                payload.getString("name"),
                payload.getString("tag"),
                payload.getString("id"),
                payload.getJsonObject("data"),
                timestamp == null ? null : Instant.ofEpochSecond(timestamp),
                payload.getString("ip"),
                payload.getString("userAgent"));
    }

    private static String limited(String text, int length) {
        if (text.length() > length) {
            throw new IllegalArgumentException("longer than " + length);
        }
        return text;
    }

    private static JsonObject missingWebsite() {
        JsonObject website = new JsonObject()
                .put("errors", new JsonArray().add("Exactly one of website, link, or pixel must be provided"));
        JsonObject payload = new JsonObject()
                .put("errors", new JsonArray())
                .put("properties", new JsonObject().put("website", website));
        return new JsonObject()
                .put("message", "Bad request")
                .put("errors", new JsonArray())
                .put("properties", new JsonObject().put("payload", payload));
    }
}
