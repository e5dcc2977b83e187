package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.identity.Link;
import com.vibnai.attribution.platform.security.Trust;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signup as it will be stored.
 *
 * @param userId whose
 * @param firstTouch what brought them
 * @param lastTouch what brought them last before the signup, if the sender knows
 * @param trust how it is known that this is about that user
 * @param source where the touch was captured
 * @param signedUpAt when
 * @param link the Umami session the signup came from, stored with the record or not at all
 */
record Signup(
        String userId,
        Touch firstTouch,
        @Nullable Touch lastTouch,
        Trust trust,
        Source source,
        Instant signedUpAt,
        @Nullable Link link) {}
