package com.vibnai.umami.source;

import java.time.Instant;
import java.util.UUID;

/** A place in a user's events: times may be equal, so the id decides between them. */
public record EventPosition(Instant occurredAt, UUID eventId) {}
