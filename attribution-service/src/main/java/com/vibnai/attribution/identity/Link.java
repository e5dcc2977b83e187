package com.vibnai.attribution.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That a user was in a Umami session.
 *
 * @param id of the link
 * @param userId whose
 * @param session which
 * @param visitId Umami's visit at that moment, for people who look
 * @param kind what it claims
 * @param from when this visitor was first seen; open when absent
 * @param occurredAt when the login, signup or identification happened
 */
public record Link(
        UUID id,
        String userId,
        SessionKey session,
        @Nullable UUID visitId,
        LinkKind kind,
        @Nullable Instant from,
        Instant occurredAt) {}
