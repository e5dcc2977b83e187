package com.vibnai.abuse;

import com.vibnai.bench.AttributionUnderTest;
import com.vibnai.bench.QueryUnderTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the services are told, what must never be told by them, and what an attacker makes who knows some of it. */
final class Secrets {

    static final String SERVER_KEY = "abuse_server_key_6d1f0c93b7e25a48";
    static final String READ_KEY = QueryUnderTest.KEY;
    static final String ADMIN_KEY = AttributionUnderTest.KEY;
    /** Stands in pages, for everyone to see. */
    static final String PUBLISHABLE_KEY = "pk_abuse_0123456789";

    static final String SIGNING_SECRET = "3f8e1c7a96d2504bb1e79c05d84a263f";
    static final String TOKEN_SECRET = "a2f4c9717bd83e06450e1b9d6c7f8a35";
    /** Stands in fields that nobody asked for, and in what is shown as a key and is none. */
    static final String CANARY = "canary-5b1e7d3094ac";
    /** Stands in what has to be refused. */
    static final String NEVER = "never-stored-";

    private static final List<String> HIDDEN =
            List.of(SERVER_KEY, READ_KEY, ADMIN_KEY, SIGNING_SECRET, TOKEN_SECRET, CANARY);
    private static final String TOKEN_HEADER = "{\"typ\":\"vibn-read+jwt\",\"alg\":\"HS256\"}";

    private Secrets() {}

    static String bearer(String key) {
        return "Authorization: Bearer " + key;
    }

    /** Whether any of the values that nobody may see stands in there. */
    static boolean areIn(String text) {
        return HIDDEN.stream().anyMatch(text::contains);
    }

    /** What an application's server gives its page for {@code userId}. */
    static String signature(String userId) {
        return HexFormat.of().formatHex(hmac("HmacSHA256", SIGNING_SECRET, userId));
    }

    /** A read token with the usual header, signed with the secret. */
    static String token(String claims) {
        return token(TOKEN_HEADER, claims, TOKEN_SECRET);
    }

    static String token(String header, String claims, String secret) {
        String signed = base64(header) + "." + base64(claims);
        String algorithm = header.contains("HS512") ? "HmacSHA512" : "HmacSHA256";
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(algorithm, secret, signed));
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(String algorithm, String secret, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
