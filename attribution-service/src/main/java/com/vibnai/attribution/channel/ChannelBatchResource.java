package com.vibnai.attribution.channel;

import com.vibnai.attribution.channel.ChannelBatchResponse.Item;
import com.vibnai.attribution.platform.json.BatchEntry;
import com.vibnai.attribution.platform.json.BatchReader;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.security.Scope;
import com.vibnai.attribution.touch.TouchFields;
import com.vibnai.attribution.touch.TouchReader;
import com.vibnai.attribution.touch.TouchRules;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The channels of many touches at once: those of visitors who never signed up stand in no record. */
@Path("/v1/channels")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Channels")
class ChannelBatchResource {

    private final Classifier classifier;
    private final TouchRules touches;
    private final BatchReader batches;

    ChannelBatchResource(Classifier classifier, TouchRules touches, BatchReader batches) {
        this.classifier = classifier;
        this.touches = touches;
        this.batches = batches;
    }

    @POST
    @Path("/classify/batch")
    @Blocking
    @Consumes({MediaType.APPLICATION_JSON, BatchReader.NDJSON})
    @RolesAllowed({Scope.READ_ROLE, Scope.INGEST_ROLE})
    @Operation(
            summary = "The channels of many touches",
            description = "A JSON array or one JSON object a line, at most 5,000 and 8 MB. Nothing is stored.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = TouchFields.class)),
                @Content(mediaType = BatchReader.NDJSON, schema = @Schema(implementation = TouchFields.class))
            })
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ChannelBatchResponse.class)))
    @APIResponse(
            responseCode = "400",
            description = "No batch",
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
            description = "More than 8 MB or 5,000 entries",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Neither JSON nor NDJSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ChannelBatchResponse classifyAll(byte[] body) {
        Instant now = Instant.now();
        TouchReader reader = touches.reader(now, now, null);
        return new ChannelBatchResponse(batches.read(body, TouchFields.class).stream()
                .map(entry -> item(entry, reader))
                .toList());
    }

    private Item item(BatchEntry<TouchFields> entry, TouchReader reader) {
        if (entry.value() == null) {
            return new Item(entry.index(), 400, null, entry.errors());
        }
        String channel = classifier.classify(reader.read(entry.value(), "")).channel();
        return new Item(entry.index(), 200, channel, entry.errors());
    }
}
