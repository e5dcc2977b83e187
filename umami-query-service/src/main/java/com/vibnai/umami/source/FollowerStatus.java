package com.vibnai.umami.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far the follower is that turns Umami's own rows into identity links. */
public interface FollowerStatus {

    /** Its state now. */
    State now();

    /**
     * The state.
     *
     * @param status off; or what it does
     * @param followedUntil rows up to this time have been given to attribution-service
     * @param detail what else there is to say, a sentence
     */
    @Schema(name = "FollowerState")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record State(
            @Schema(examples = "off") String status,
            @Schema(nullable = true) @Nullable Instant followedUntil,
            @Schema(nullable = true) @Nullable String detail) {

        /** Of a follower that nobody has switched on. */
        public static final State OFF = new State("off", null, null);
    }
}
