package com.vibnai.umami.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.umami.identity.IdentityResponse;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's sessions, latest first.
 *
 * @param items one a session
 * @param nextCursor where older sessions start; null when there are none
 * @param truncated whether these sessions have more events than one answer counts, so that counts are lower bounds
 * @param identity how the sessions were found
 */
@Schema(name = "Sessions")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SessionsResponse(
        String userId,
        List<SessionResponse> items,
        @Schema(nullable = true) @Nullable String nextCursor,
        boolean truncated,
        IdentityResponse identity) {}
