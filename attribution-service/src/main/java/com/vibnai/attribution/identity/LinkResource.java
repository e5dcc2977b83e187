package com.vibnai.attribution.identity;

import com.vibnai.attribution.platform.Limit;
import com.vibnai.attribution.platform.Page;
import com.vibnai.attribution.platform.audit.Audited;
import com.vibnai.attribution.platform.json.BatchReader;
import com.vibnai.attribution.platform.json.BodyReader;
import com.vibnai.attribution.platform.json.StorableText;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.security.Scope;
import com.vibnai.attribution.platform.security.UserProof;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
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
    private final BatchReader batches;
    private final UserProof proof;
    private final SecurityIdentity caller;

    LinkResource(LinkService links, BodyReader bodies, BatchReader batches, UserProof proof, SecurityIdentity caller) {
        this.links = links;
        this.bodies = bodies;
        this.batches = batches;
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
            responseCode = "409",
            description = "The user has too many links, or the session too many users",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "410",
            description = "The user has been erased; do not send it again",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
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

    @POST
    @Path("/identity-links/batch")
    @Consumes({MediaType.APPLICATION_JSON, BatchReader.NDJSON})
    @RolesAllowed(Scope.INGEST_ROLE)
    @Operation(
            summary = "Tell of many links",
            description = "A JSON array or one JSON object a line, at most 5,000 and 8 MB. Each entry gets the status"
                    + " that the single call would have answered; a wrong one does not spoil the others.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = LinkRequest.class)),
                @Content(mediaType = BatchReader.NDJSON, schema = @Schema(implementation = LinkRequest.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "What became of each entry",
            content = @Content(schema = @Schema(implementation = LinkBatchResponse.class)))
    @APIResponse(
            responseCode = "413",
            description = "More than 8 MB or 5,000 entries",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Neither JSON nor NDJSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<LinkBatchResponse> addAll(byte[] body) {
        return links.add(batches.read(body, LinkRequest.class));
    }

    @DELETE
    @Path("/identity-links/{link_id}")
    @RolesAllowed(Scope.ADMIN_ROLE)
    @Audited("unlink")
    @Operation(
            summary = "Take a link back",
            description =
                    "It is marked and not deleted. What it claimed goes to whoever would have it without the link;"
                            + " the same claim is not made again by a retry.")
    @APIResponse(responseCode = "204", description = "Taken back, now or before")
    @APIResponse(
            responseCode = "404",
            description = "There is no such link",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Void> unlink(
            @RestPath("link_id") UUID linkId,
            @Parameter(required = true, description = "Why, 1 to 255 characters; about the link, not about the person")
                    @RestQuery
                    @Nullable
                    String reason) {
        if (reason == null || reason.isBlank() || reason.length() > 255 || !StorableText.Check.isStorable(reason)) {
            throw ApiException.invalid("reason", "has to say why, in 1 to 255 characters");
        }
        return links.unlink(linkId, reason);
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
