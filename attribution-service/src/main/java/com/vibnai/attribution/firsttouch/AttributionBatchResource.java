package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.platform.json.BatchReader;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.security.Scope;
import com.vibnai.attribution.platform.security.Trust;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many signups at once, for users who were there before. */
@Path("/v1/attributions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Attributions")
class AttributionBatchResource {

    private final ImportService imports;
    private final BatchReader bodies;
    private final SecurityIdentity caller;

    AttributionBatchResource(ImportService imports, BatchReader bodies, SecurityIdentity caller) {
        this.imports = imports;
        this.bodies = bodies;
        this.caller = caller;
    }

    /** Reading 8 MB takes a while, so an event loop is not the place for it. */
    @POST
    @Path("/batch")
    @Blocking
    @Consumes({MediaType.APPLICATION_JSON, BatchReader.NDJSON, MediaType.TEXT_PLAIN})
    @RolesAllowed(Scope.INGEST_ROLE)
    @Operation(
            summary = "Record many signups",
            description =
                    "A JSON array or lines of JSON, each as for one signup, 5,000 at most. An item that is wrong is"
                            + " rejected alone. `signed_up_at` dates each signup back. Sending a batch again changes nothing.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = SignupRequest.class)),
                @Content(mediaType = BatchReader.NDJSON, schema = @Schema(implementation = SignupRequest.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "What became of each item",
            content = @Content(schema = @Schema(implementation = BatchResponse.class)))
    @APIResponse(
            responseCode = "400",
            description = "Neither an array nor lines of JSON",
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
            responseCode = "413",
            description = "More than 8 MB or 5,000 items",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Neither JSON nor text",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "The database does not answer, or too many batches are being written; see Retry-After",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<BatchResponse> record(byte[] body) {
        Sender sender =
                new Sender(Trust.SERVER, Source.IMPORT, caller.getPrincipal().getName());
        return imports.store(bodies.read(body, SignupRequest.class), sender);
    }
}
