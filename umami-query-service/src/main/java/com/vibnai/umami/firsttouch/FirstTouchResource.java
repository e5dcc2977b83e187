package com.vibnai.umami.firsttouch;

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

/** A user's first touch, from Umami. */
@Path("/v1/users/{user_id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Scope.READ_ROLE, Scope.USER_READ_ROLE})
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
class FirstTouchResource {

    private final IdentityService identities;
    private final FirstTouchService touches;

    FirstTouchResource(IdentityService identities, FirstTouchService touches) {
        this.identities = identities;
        this.touches = touches;
    }

    @GET
    @Path("/first-touch")
    @Operation(
            summary = "The first touch as Umami saw it",
            description = "The first event before the signup that says where the visitor came from, of the first 200;"
                    + " else the first event, which is direct then. Nothing had to be stored on a device for it.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FirstTouchResponse.class)))
    public Uni<FirstTouchResponse> firstTouch(@RestPath("user_id") String userId) {
        return identities.of(UserIds.valid(userId)).flatMap(identity -> touches.of(identity)
                .map(touch -> new FirstTouchResponse(
                        userId, touch.map(FirstTouchResponse.Touch::of).orElse(null), identity.how())));
    }
}
