package com.vibnai.umami.source;

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

/** What the Umami behind this service is. */
@Path("/v1/source")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.READ_ROLE)
@Tag(name = "Source", description = "What the Umami behind it is")
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
        description = "Umami has not answered yet, or lacks what is needed: the detail names it; see Retry-After",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class SourceResource {

    private final EventSource source;
    private final FollowerStatus follower;

    SourceResource(EventSource source, FollowerStatus follower) {
        this.source = source;
        this.follower = follower;
    }

    @GET
    @Operation(
            summary = "What the Umami behind it is",
            description =
                    "Which versions it may be, what its tables have, which indexes would help and how to add them.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SourceResponse.class)))
    public Uni<SourceResponse> source() {
        return source.describe().map(found -> SourceResponse.of(found, follower.now()));
    }
}
