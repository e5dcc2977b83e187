package com.vibnai.testkit.umami.api;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Logins and what they gave out. */
final class Access {

    private static final String BEARER = "Bearer ";

    private final ApiOptions options;
    private final InstantSource clock;
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

    Access(ApiOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    /** A token, if these are the account's. */
    Optional<String> login(@Nullable String username, @Nullable String password) {
        if (!options.username().equals(username) || !options.password().equals(password)) {
            return Optional.empty();
        }
        String token = UUID.randomUUID().toString();
        tokens.put(token, clock.instant().plus(options.tokenLife()));
        return Optional.of(token);
    }

    /** Whether one of the two headers lets a caller in. */
    boolean allows(@Nullable String authorization, @Nullable String apiKey) {
        if (apiKey != null) {
            return apiKey.equals(options.apiKey());
        }
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return false;
        }
        Instant end = tokens.get(authorization.substring(BEARER.length()));
        return end != null && clock.instant().isBefore(end);
    }

    /** Forgets every login, as a restart with another APP_SECRET does. */
    void forgetLogins() {
        tokens.clear();
    }
}
