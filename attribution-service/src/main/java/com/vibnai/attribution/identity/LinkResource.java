package com.vibnai.attribution.identity;

import com.vibnai.attribution.platform.Limit;
import com.vibnai.attribution.platform.Page;
import com.vibnai.attribution.platform.json.BodyReader;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.security.Scope;
import com.vibnai.attribution.platform.security.UserProof;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Links in, segments out. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Identity", description = "Which user was in which Umami session")
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
        description = "The key may not do this, or the user id is not proven",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "503",
        description = "The database does not answer; see Retry-After",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class LinkResource {

    private final LinkService links;
    private final BodyReader bodies;
    private final UserProof proof;
    private final SecurityIdentity caller;

    LinkResource(LinkService links, BodyReader bodies, UserProof proof, SecurityIdentity caller) {
        this.links = links;
        this.bodies = bodies;
        this.proof = proof;
        this.caller = caller;
    }

    @POST
    @Path("/identity-links")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @RolesAllowed({Scope.INGEST_ROLE, Scope.BROWSER_ROLE})
    @Operation(summary = "Tell which Umami session a user was in", description = "Repeating a call adds nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = LinkRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(schema = @Schema(implementation = LinkResponse.class)))
    @APIResponse(
            responseCode = "200",
            description = "Known already",
            content = @Content(schema = @Schema(implementation = LinkResponse.class)))
    @APIResponse(
            responseCode = "413",
            description = "More than 64 KB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Neither JSON nor text",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<LinkResponse>> add(
            @Parameter(description = "Publishable key, from a page") @RestQuery @Nullable String key, byte[] body) {
        LinkRequest request = bodies.read(body, LinkRequest.class);
        return proof.check(caller, String.valueOf(request.userId()), request.signature(), request.token())
                .flatMap(trust -> links.add(request, trust))
                .map(result -> RestResponse.ResponseBuilder.create(
                                result.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, result)
                        .build());
    }

    @GET
    @Path("/users/{user_id}/identity-links")
    @RolesAllowed({Scope.READ_ROLE, Scope.USER_READ_ROLE})
    @Operation(
            summary = "The stretches of Umami sessions that are this user's",
            description =
                    "All links to the user's sessions are weighed, other users' included: each instant of a session"
                            + " has at most one owner. A page holds the segments of `limit` sessions.")
    @APIResponse(responseCode = "200", description = "Segments and the next page's cursor")
    public Uni<Page<SegmentResponse>> segments(
            @RestPath("user_id") String userId,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
                    @RestQuery
                    @Nullable
                    String limit,
            @RestQuery @Nullable String cursor) {
        int size = Limit.parse(limit, Page.DEFAULT_LIMIT, Page.MAX_LIMIT);
        return links.segments(userId, size, SessionCursor.read(cursor));
    }
}
