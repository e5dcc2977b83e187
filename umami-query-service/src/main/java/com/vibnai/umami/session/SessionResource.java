package com.vibnai.umami.session;

import com.vibnai.umami.identity.IdentityService;
import com.vibnai.umami.identity.UserIds;
import com.vibnai.umami.platform.problem.Problem;
import com.vibnai.umami.platform.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** One row a session, latest first. */
@Path("/v1/users/{user_id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.READ_ROLE)
@Tag(name = "User", description = "What one user did")
@APIResponse(
        responseCode = "400",
        description = "Invalid request",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "401",
        description = "No key, or an unknown one",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "403",
        description = "The key may not read",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "503",
        description = "Umami or attribution-service does not answer in time; see Retry-After",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class SessionResource {

    private final IdentityService identities;
    private final SessionService sessions;

    SessionResource(IdentityService identities, SessionService sessions) {
        this.identities = identities;
        this.sessions = sessions;
    }

    @GET
    @Path("/sessions")
    @Operation(
            summary = "One row a session, latest first",
            description = "A user that nobody has seen has zeros and nulls.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SessionsResponse.class)))
    public Uni<SessionsResponse> sessions(@RestPath("user_id") String userId) {
        return identities.of(UserIds.valid(userId)).flatMap(identity -> sessions.of(userId, identity));
    }
}
