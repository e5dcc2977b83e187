package com.vibnai.umami.session;

import com.vibnai.umami.identity.IdentityResponse;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user's sessions, latest first.
 *
 * @param items one a session, at most {@value SessionRepository#MOST}
 * @param truncated whether there are more
 * @param identity how the sessions were found
 */
@Schema(name = "Sessions")
public record SessionsResponse(
        String userId, List<SessionResponse> items, boolean truncated, IdentityResponse identity) {}
