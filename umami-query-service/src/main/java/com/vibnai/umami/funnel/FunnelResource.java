package com.vibnai.umami.funnel;

import com.vibnai.umami.identity.IdentityService;
import com.vibnai.umami.platform.problem.Problem;
import com.vibnai.umami.platform.security.Scope;
import com.vibnai.umami.source.Window;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Totals and milestones. */
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
class FunnelResource {

    private final IdentityService identities;
    private final FunnelService funnels;

    FunnelResource(IdentityService identities, FunnelService funnels) {
        this.identities = identities;
        this.funnels = funnels;
    }

    @GET
    @Path("/funnel")
    @Operation(summary = "Totals and milestones", description = "A user that nobody has seen has zeros and nulls.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FunnelResponse.class)))
    public Uni<FunnelResponse> funnel(
            @RestPath("user_id") String userId,
            @Parameter(description = "Only what happened on this Umami website") @RestQuery("website_id") @Nullable
                    String websiteId,
            @Parameter(description = "Only what happened at or after this time") @RestQuery @Nullable String from,
            @Parameter(description = "Only what happened before this time") @RestQuery @Nullable String to) {
        Window window = Window.parse(websiteId, from, to);
        return identities.answer(userId, window, identity -> funnels.of(userId, identity));
    }
}
