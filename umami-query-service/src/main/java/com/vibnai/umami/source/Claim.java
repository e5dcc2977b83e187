package com.vibnai.umami.source;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Umami's own tables say about who was in a session; becomes an identity link.
 *
 * @param userId the user asked for, or somebody else by the name that Umami has for them
 * @param kind how much of the session it claims
 * @param from where the claim reaches back to; null is open
 * @param occurredAt the login
 */
public record Claim(
        String userId,
        UUID websiteId,
        UUID sessionId,
        Kind kind,
        @Nullable Instant from,
        Instant occurredAt) {

    /** In the words of attribution-service. */
    public enum Kind {
        /** This visitor's events up to the login. */
        BEFORE_LOGIN,
        /** The whole session. */
        IDENTIFIED,
        /** From the login until the next one's. */
        SESSION
    }
}
