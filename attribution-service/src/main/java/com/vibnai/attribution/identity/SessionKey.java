package com.vibnai.attribution.identity;

import java.util.UUID;

/** One session of one Umami website. */
public record SessionKey(UUID websiteId, UUID sessionId) {}
