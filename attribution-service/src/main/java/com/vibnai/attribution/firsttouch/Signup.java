package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.channel.Verdict;
import com.vibnai.attribution.identity.Link;
import com.vibnai.attribution.platform.security.Trust;
import com.vibnai.attribution.touch.Adjustment;
import com.vibnai.attribution.touch.Touch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signup as it will be stored.
 *
 * @param userId whose
 * @param firstTouch what brought them
 * @param channel of the first touch
 * @param lastTouch what brought them last before the signup, if the sender knows
 * @param lastChannel of the last touch
 * @param trust how it is known that this is about that user
 * @param source where the touch was captured
 * @param recordedBy name of the key that sent it
 * @param signedUpAt when
 * @param link the Umami session the signup came from, stored with the record or not at all
 * @param adjustments what is stored otherwise than sent
 */
record Signup(
        String userId,
        Touch firstTouch,
        Verdict channel,
        @Nullable Touch lastTouch,
        @Nullable Verdict lastChannel,
        Trust trust,
        Source source,
        String recordedBy,
        Instant signedUpAt,
        @Nullable Link link,
        List<Adjustment> adjustments) {}
