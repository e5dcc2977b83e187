package com.vibnai.quickstart;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Random keys of one run. The services are given digests only.
 *
 * @param query what umami-query-service asks attribution-service with
 * @param readTokenSecret signs the tokens that the console reads with
 */
record Keys(
        String server,
        String read,
        String admin,
        String query,
        String publishable,
        String signingSecret,
        String readTokenSecret) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static Keys random() {
        return new Keys(
                "sk_" + token(), "rk_" + token(), "ak_" + token(), "qk_" + token(), "pk_" + token(), token(), token());
    }

    /** A random text of 48 hexadecimal digits. */
    static String token() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
