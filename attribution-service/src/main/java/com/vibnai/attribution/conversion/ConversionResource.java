package com.vibnai.attribution.conversion;

import com.vibnai.attribution.platform.Limit;
import com.vibnai.attribution.platform.Page;
import com.vibnai.attribution.platform.TimeParameter;
import com.vibnai.attribution.platform.json.BatchReader;
import com.vibnai.attribution.platform.json.BodyReader;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.security.Scope;
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

/** Conversions in and out. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Conversions", description = "What users did that is worth counting")
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
        description = "The key may not do this",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "503",
        description = "The database does not answer; see Retry-After",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class ConversionResource {

    private final ConversionService service;
    private final ConversionRepository conversions;
    private final BodyReader bodies;
    private final BatchReader batches;

    ConversionResource(
            ConversionService service, ConversionRepository conversions, BodyReader bodies, BatchReader batches) {
        this.service = service;
        this.conversions = conversions;
        this.bodies = bodies;
        this.batches = batches;
    }

    @POST
    @Path("/conversions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.INGEST_ROLE)
    @Operation(
            summary = "Record a conversion",
            description = "Once per idempotency_key: the same again changes nothing and answers what is stored. The"
                    + " user's attribution may come later.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ConversionRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "Recorded",
            content = @Content(schema = @Schema(implementation = ConversionResult.class)))
    @APIResponse(
            responseCode = "200",
            description = "Recorded already, the same",
            content = @Content(schema = @Schema(implementation = ConversionResult.class)))
    @APIResponse(
            responseCode = "409",
            description = "Another conversion has this idempotency_key",
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
            description = "No JSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<ConversionResult>> add(byte[] body) {
        return service.add(bodies.read(body, ConversionRequest.class))
                .map(result -> RestResponse.ResponseBuilder.create(
                                result.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, result)
                        .build());
    }

    @POST
    @Path("/conversions/batch")
    @Consumes({MediaType.APPLICATION_JSON, BatchReader.NDJSON})
    @RolesAllowed(Scope.INGEST_ROLE)
    @Operation(
            summary = "Record many conversions",
            description = "A JSON array or one JSON object a line, at most 5,000 and 8 MB. Each entry gets the status"
                    + " that the single call would have answered; a wrong one does not spoil the others.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = ConversionRequest.class)),
                @Content(mediaType = BatchReader.NDJSON, schema = @Schema(implementation = ConversionRequest.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "What became of each entry",
            content = @Content(schema = @Schema(implementation = ConversionBatchResponse.class)))
    @APIResponse(
            responseCode = "413",
            description = "More than 8 MB or 5,000 entries",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Neither JSON nor NDJSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<ConversionBatchResponse> addAll(byte[] body) {
        return service.add(batches.read(body, ConversionRequest.class));
    }

    @GET
    @Path("/conversions")
    @RolesAllowed(Scope.READ_ROLE)
    @Operation(summary = "A page of conversions, latest first")
    @APIResponse(responseCode = "200", description = "Items and the next page's cursor")
    public Uni<Page<ConversionResponse>> page(
            @RestQuery("user_id") @Nullable String userId,
            @RestQuery @Nullable String name,
            @Parameter(description = "Occurred at or after, RFC 3339") @RestQuery @Nullable String from,
            @Parameter(description = "Occurred before, RFC 3339") @RestQuery @Nullable String to,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
                    @RestQuery
                    @Nullable
                    String limit,
            @RestQuery @Nullable String cursor) {
        return conversions.page(
                new ConversionFilter(
                        userId,
                        name,
                        TimeParameter.parse("from", from),
                        TimeParameter.parse("to", to),
                        ConversionCursor.parse(cursor)),
                Limit.parse(limit, Page.DEFAULT_LIMIT, Page.MAX_LIMIT));
    }

    @GET
    @Path("/users/{user_id}/conversions")
    @RolesAllowed({Scope.READ_ROLE, Scope.USER_READ_ROLE})
    @Operation(summary = "A page of one user's conversions, latest first")
    @APIResponse(responseCode = "200", description = "Items and the next page's cursor")
    public Uni<Page<ConversionResponse>> ofUser(
            @RestPath("user_id") String userId,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
                    @RestQuery
                    @Nullable
                    String limit,
            @RestQuery @Nullable String cursor) {
        return conversions.page(
                new ConversionFilter(userId, null, null, null, ConversionCursor.parse(cursor)),
                Limit.parse(limit, Page.DEFAULT_LIMIT, Page.MAX_LIMIT));
    }
}
