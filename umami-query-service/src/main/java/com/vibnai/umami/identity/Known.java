package com.vibnai.umami.identity;

import com.vibnai.umami.identity.AttributionClient.LinkedSegment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What attribution-service knows of a user.
 *
 * @param segments at most as many as one answer looks at
 * @param truncated whether there are more
 */
record Known(
        List<LinkedSegment> segments,
        boolean truncated,
        @Nullable Instant signedUpAt) {

    /** Nothing. */
    static final Known NOTHING = new Known(List.of(), false, null);

    /** Whether it may be told again for a while: what is still missing can arrive in any moment. */
    boolean mayBeKept() {
        return !segments.isEmpty() && signedUpAt != null;
    }
}
