package com.vibnai.attribution.platform.security;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The configured keys. Every comparison takes the same time, whichever key is asked for and wherever it differs. */
@Singleton
public class ApiKeys {

    private final List<Known> keys;
    private final List<String> publishable;

    ApiKeys(SecurityConfig config) {
        this.keys = config.apiKeys().entrySet().stream()
                .map(entry -> new Known(
                        entry.getKey(),
                        entry.getValue().digest().toLowerCase(Locale.ROOT),
                        entry.getValue().scopes().stream()
                                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet())))
                .toList();
        this.publishable = config.browser().publishableKeys().orElse(List.of()).stream()
                .map(ApiKeys::sha256)
                .toList();
    }

    /** Who calls: the configured name of the key and its scopes as roles. */
    public record Known(String name, String digest, Set<String> roles) {}

    /** The server key that was sent, if it is one of ours. */
    public Optional<Known> find(String key) {
        String digest = sha256(key);
        Optional<Known> found = Optional.empty();
        for (Known known : keys) {
            if (same(known.digest(), digest)) {
                found = Optional.of(known);
            }
        }
        return found;
    }

    /** Whether this is one of our publishable keys. */
    public boolean isPublishable(String key) {
        String digest = sha256(key);
        boolean found = false;
        for (String known : publishable) {
            found |= same(known, digest);
        }
        return found;
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    /** Hexadecimal SHA-256. */
    public static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
