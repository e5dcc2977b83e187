package com.vibnai.testkit.umami.standin;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The {@code cache} of an answer, which the script sends back: a signed JWT that anyone can read and nobody can alter. */
public final class CacheToken {

    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final byte[] secret = new byte[32];

    /** Signs with a secret of this instance. */
    public CacheToken() {
        new SecureRandom().nextBytes(secret);
    }

    /** What a token says: {@code iat} is the visit's start in unix seconds. */
    public record Claims(UUID websiteId, UUID sessionId, UUID visitId, long iat) {}

    /** The token that says this. */
    public String sign(Claims claims) {
        JsonObject payload = new JsonObject()
                .put("websiteId", claims.websiteId.toString())
                .put("sessionId", claims.sessionId.toString())
                .put("visitId", claims.visitId.toString())
                .put("iat", claims.iat);
        String signed = HEADER + '.' + encode(payload.encode().getBytes(StandardCharsets.UTF_8));
        return signed + '.' + encode(mac(signed));
    }

    /** What a token says, or nothing if it is absent or not ours. */
    public Optional<Claims> verify(@Nullable String token) {
        int dot = token == null ? -1 : token.lastIndexOf('.');
        if (token == null || dot < 0) {
            return Optional.empty();
        }
        String signed = token.substring(0, dot);
        byte[] expected = encode(mac(signed)).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, token.substring(dot + 1).getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        return Optional.of(parse(signed.substring(signed.indexOf('.') + 1)));
    }

    private static Claims parse(String payload) {
        try {
            JsonObject json =
                    new JsonObject(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
            return new Claims(
                    UUID.fromString(json.getString("websiteId")),
                    UUID.fromString(json.getString("sessionId")),
                    UUID.fromString(json.getString("visitId")),
                    json.getLong("iat"));
        } catch (DecodeException e) {
            throw new IllegalStateException("a token of ours that we cannot read", e);
        }
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
