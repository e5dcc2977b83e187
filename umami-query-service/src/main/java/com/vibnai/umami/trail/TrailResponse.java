package com.vibnai.umami.trail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.umami.identity.IdentityResponse;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's events, newest first.
 *
 * @param userId whose
 * @param items the events
 * @param nextCursor where older events start; null when there are none
 * @param identity how the sessions were found
 */
@Schema(name = "Trail")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TrailResponse(
        String userId,
        List<TrailEvent> items,
        @Schema(nullable = true) @Nullable String nextCursor,
        IdentityResponse identity) {}
