package com.vibnai.attribution.platform.security;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Refuses to start in production with a configuration that protects nothing. One sentence says what to change. */
@Singleton
public class StartCheck {

    /** Words of secrets that stand in documents and examples. */
    private static final Pattern EXAMPLE = Pattern.compile(
            "change.?me|replace.?me|example|default|your.?(secret|key|signing)|insecure|password|placeholder|todo");

    private static final List<String> KNOWN_KEYS =
            List.of("", "admin", "changeme", "default", "key", "password", "secret", "test");

    private static final int LENGTH = 32;
    private static final int DIFFERENT_CHARACTERS = 8;

    private final SecurityConfig config;

    StartCheck(SecurityConfig config) {
        this.config = config;
    }

    void check(@Observes @Priority(1) StartupEvent start) {
        List<String> problems = ConfigUtils.isProfileActive("prod") ? problems(config) : List.of();
        if (!problems.isEmpty()) {
            throw new ConfigurationException("attribution-service does not start. " + String.join(" ", problems));
        }
    }

    /** What has to be changed, a sentence each. */
    static List<String> problems(SecurityConfig config) {
        List<String> problems = new ArrayList<>();
        if (config.apiKeys().isEmpty()
                && config.browser().publishableKeys().isEmpty()
                && config.oidc().issuer().isEmpty()) {
            problems.add(
                    "No key is configured, so nobody could call: make one with `java -jar quarkus-run.jar keys new`"
                            + " and set ATTRIBUTION_API_KEYS_<NAME>_DIGEST and _SCOPES.");
        }
        config.apiKeys().forEach((name, key) -> {
            if (KNOWN_KEYS.stream().anyMatch(known -> ApiKeys.sha256(known).equalsIgnoreCase(key.digest()))) {
                problems.add("The API key `" + name + "` is one that everybody would try first: make a random one.");
            }
        });
        if (wildcard(config.browser().allowedOrigins())) {
            problems.add("ATTRIBUTION_BROWSER_ALLOWED_ORIGINS has a wildcard: name each origin whose pages may call.");
        }
        if (wildcard(config.console().origins())) {
            problems.add("ATTRIBUTION_CONSOLE_ORIGINS has a wildcard: name each origin whose pages may read.");
        }
        if (config.browser().proof() == SecurityConfig.Proof.OPTIONAL) {
            problems.add("ATTRIBUTION_BROWSER_PROOF is `optional`, so any page could write about any user: remove it.");
        }
        if (weak(config.browser().signingSecrets().orElse(List.of()))) {
            problems.add(weakSecret("ATTRIBUTION_BROWSER_SIGNING_SECRETS"));
        }
        if (weak(config.readTokens().secrets().orElse(List.of()))) {
            problems.add(weakSecret("READ_TOKEN_SECRET"));
        }
        return problems;
    }

    private static String weakSecret(String name) {
        return name + " has a secret that is short or stands in an example: take 32 random characters or more"
                + " (`openssl rand -hex 32`).";
    }

    private static boolean wildcard(Optional<List<String>> origins) {
        return origins.orElse(List.of()).stream().anyMatch(origin -> origin.contains("*"));
    }

    private static boolean weak(List<String> secrets) {
        return secrets.stream().map(secret -> secret.toLowerCase(Locale.ROOT)).anyMatch(StartCheck::weak);
    }

    private static boolean weak(String secret) {
        return secret.length() < LENGTH
                || secret.chars().distinct().count() < DIFFERENT_CHARACTERS
                || EXAMPLE.matcher(secret).find();
    }
}
