package com.vibnai.testkit.generator;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What was made.
 *
 * @param events rows of {@code website_event}
 * @param sessions distinct sessions
 * @param users users that logged in
 * @param sample some of those users, at most {@value #SAMPLE}
 */
public record Generated(UUID website, long events, long sessions, long users, List<User> sample) {

    /** Most users that {@link #sample} names. */
    public static final int SAMPLE = 1000;

    /** A user and the identity links that the tracker would have sent. */
    public record User(String userId, Instant signedUpAt, List<Link> links) {}

    /**
     * An identity link, in the words of attribution-service.
     *
     * @param kind {@code before_login}, {@code identified} or {@code session}
     * @param from when this visitor was first seen in the session
     * @param occurredAt the login
     */
    public record Link(String userId, UUID websiteId, UUID sessionId, String kind, Instant from, Instant occurredAt) {}
}
