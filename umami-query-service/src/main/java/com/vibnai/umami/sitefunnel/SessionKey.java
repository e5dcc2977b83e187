package com.vibnai.umami.sitefunnel;

import java.util.UUID;

/** A Umami session. */
record SessionKey(UUID websiteId, UUID sessionId) {}
