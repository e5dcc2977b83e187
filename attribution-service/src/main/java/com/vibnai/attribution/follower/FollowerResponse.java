package com.vibnai.attribution.follower;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A follower.
 *
 * @param version to send with the next step
 * @param position how far it has come; null before the first step
 * @param holder who held the lease last
 * @param leaseUntil when others may take over
 * @param updatedAt when it took a step last
 */
@Schema(name = "Follower")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FollowerResponse(
        String name,
        long version,
        @Nullable Map<String, Object> position,
        String holder,
        Instant leaseUntil,
        Instant updatedAt) {}
