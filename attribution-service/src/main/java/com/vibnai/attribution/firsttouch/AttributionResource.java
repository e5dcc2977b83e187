package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.platform.Limit;
import com.vibnai.attribution.platform.Page;
import com.vibnai.attribution.platform.json.BodyReader;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.problem.ProblemType;
import com.vibnai.attribution.platform.security.Scope;
import com.vibnai.attribution.platform.security.Trust;
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
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Signups in, records out. */
@Path("/v1/attributions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Attributions", description = "Which ad, post or link brought a user")
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
class AttributionResource {

    private static final String USER_ID_FORM = "1 to 255 characters";

    private final SignupService signups;
    private final AttributionRepository attributions;
    private final BodyReader bodies;
    private final UserProof proof;
    private final SecurityIdentity caller;

    AttributionResource(
            SignupService signups,
            AttributionRepository attributions,
            BodyReader bodies,
            UserProof proof,
            SecurityIdentity caller) {
        this.signups = signups;
        this.attributions = attributions;
        this.bodies = bodies;
        this.proof = proof;
        this.caller = caller;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @RolesAllowed({Scope.INGEST_ROLE, Scope.BROWSER_ROLE})
    @Operation(
            summary = "Record a signup",
            description = "Keeps the first touch of a user for good. Sending it again changes nothing, except that a"
                    + " direct first touch gives way, once and whole, to the first non-direct one.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SignupRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "Recorded",
            content = @Content(schema = @Schema(implementation = SignupResponse.class)))
    @APIResponse(
            responseCode = "200",
            description = "There was a record already",
            content = @Content(schema = @Schema(implementation = SignupResponse.class)))
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
    public Uni<RestResponse<SignupResponse>> record(
            @Parameter(description = "Publishable key, from a page") @RestQuery @Nullable String key,
            @Parameter(hidden = true) @RestHeader("Referer") @Nullable String referer,
            byte[] body) {
        SignupRequest request = bodies.read(body, SignupRequest.class);
        String name = caller.getPrincipal().getName();
        return proof.check(caller, String.valueOf(request.userId), request.signature, request.token)
                .flatMap(trust -> signups.signUp(request, sender(trust, name), referer))
                .map(result -> RestResponse.ResponseBuilder.create(
                                result.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, result)
                        .build());
    }

    private static Sender sender(Trust trust, String name) {
        return new Sender(trust, trust == Trust.SERVER ? Source.SERVER : Source.BROWSER, name);
    }

    @GET
    @Path("/{user_id}")
    @RolesAllowed({Scope.READ_ROLE, Scope.USER_READ_ROLE})
    @Operation(summary = "One user's record")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AttributionResponse.class)))
    @APIResponse(
            responseCode = "404",
            description = "No record of this user",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<AttributionResponse> one(@RestPath("user_id") @Parameter(description = USER_ID_FORM) String userId) {
        return attributions
                .findById(userId)
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.of(ProblemType.NOT_FOUND, "There is no attribution of this user."))
                .map(AttributionEntity::toResponse);
    }

    @GET
    @RolesAllowed(Scope.READ_ROLE)
    @Operation(
            summary = "A page of records, newest signup first",
            description =
                    "Asked for `text/csv` or `application/x-ndjson`, it streams all records of the filter instead, without"
                            + " `limit` and `cursor`. In CSV a value that a spreadsheet would take for a formula (it starts with `=`,"
                            + " `+`, `-`, `@`, a tab or a line end) has an apostrophe in front.")
    @APIResponse(
            responseCode = "200",
            description = "Items and the next page's cursor, or all records",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(implementation = AttributionResponse.class))
            })
    public Uni<Page<AttributionResponse>> page(
            @Parameter(description = "Of the first touch, for example Paid Search") @RestQuery @Nullable String channel,
            @RestQuery("utm_source") @Nullable String utmSource,
            @RestQuery("utm_medium") @Nullable String utmMedium,
            @RestQuery("utm_campaign") @Nullable String utmCampaign,
            @Parameter(description = "Signed up at or after, RFC 3339") @RestQuery @Nullable String from,
            @Parameter(description = "Signed up before, RFC 3339") @RestQuery @Nullable String to,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
                    @RestQuery
                    @Nullable
                    String limit,
            @RestQuery @Nullable String cursor) {
        int size = Limit.parse(limit, Page.DEFAULT_LIMIT, Page.MAX_LIMIT);
        AttributionFilter filter = AttributionFilter.of(channel, utmSource, utmMedium, utmCampaign, from, to)
                .after(AttributionCursor.parse(cursor));
        return attributions
                .page(filter, size + 1)
                .map(rows -> Page.of(rows, size, AttributionEntity::toResponse, last -> new AttributionCursor(
                                last.signedUpAt, last.userId)
                        .toString()));
    }
}
