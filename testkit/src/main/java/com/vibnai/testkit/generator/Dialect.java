package com.vibnai.testkit.generator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * How the Umami behind a schema would have stored a login.
 *
 * @param ownSessionAfterLogin an id makes a session of the user's own (from 2.18); before, a login is a note in the session
 * @param knowsPerformance events of type 5 (from 3.1)
 */
record Dialect(boolean ownSessionAfterLogin, boolean knowsPerformance) {

    static final Duration MONTH = Duration.ofDays(30);

    UUID sessionOf(UUID website, String userId) {
        return UUID.nameUUIDFromBytes((website + "\n" + userId).getBytes(StandardCharsets.UTF_8));
    }
}
