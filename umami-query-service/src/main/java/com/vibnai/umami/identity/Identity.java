package com.vibnai.umami.identity;

import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.Window;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's events stand.
 *
 * @param segments the stretches of sessions that are theirs
 * @param signedUpAt when they signed up, if attribution-service knows
 * @param how what an answer says about how the sessions were found
 */
public record Identity(List<Segment> segments, @Nullable Instant signedUpAt, IdentityResponse how) {

    /** Copies the list. */
    public Identity {
        segments = List.copyOf(segments);
    }

    /** Only what is in the window. */
    public Identity within(Window window) {
        return new Identity(window.of(segments), signedUpAt, how);
    }
}
