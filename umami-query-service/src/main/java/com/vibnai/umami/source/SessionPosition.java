package com.vibnai.umami.source;

import java.time.Instant;
import java.util.UUID;

/** A place in a user's sessions, which are ordered by last event and, where that is equal, by id; both descending. */
public record SessionPosition(Instant lastAt, UUID sessionId) {}
