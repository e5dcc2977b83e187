package com.vibnai.attribution.channel;

import com.vibnai.attribution.platform.json.BodyReader;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.problem.ProblemType;
import com.vibnai.attribution.platform.security.Scope;
import com.vibnai.attribution.touch.Touch;
import com.vibnai.attribution.touch.TouchFields;
import com.vibnai.attribution.touch.TouchReader;
import com.vibnai.attribution.touch.TouchRules;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Explains classifications, and makes them again. */
@Path("/v1/channels")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Channels", description = "Which channel a touch came through, and why")
@APIResponse(
        responseCode = "401",
        description = "No key, or an unknown one",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "403",
        description = "The key may not do this",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class ChannelResource {

    private final Classifier classifier;
    private final TouchRules touches;
    private final Reclassification reclassification;
    private final BodyReader bodies;
    private final SecurityIdentity caller;

    ChannelResource(
            Classifier classifier,
            TouchRules touches,
            Reclassification reclassification,
            BodyReader bodies,
            SecurityIdentity caller) {
        this.classifier = classifier;
        this.touches = touches;
        this.reclassification = reclassification;
        this.bodies = bodies;
        this.caller = caller;
    }

    @POST
    @Path("/classify")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @RolesAllowed({Scope.READ_ROLE, Scope.INGEST_ROLE})
    @Operation(summary = "Explain the channel of a touch", description = "Nothing is stored.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TouchFields.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ClassifyResponse.class)))
    @APIResponse(
            responseCode = "400",
            description = "Invalid request",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "More than 64 KB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Neither JSON nor text",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ClassifyResponse classify(byte[] body) {
        Instant now = Instant.now();
        TouchReader reader = touches.reader(now, now, null);
        Touch touch = reader.read(bodies.read(body, TouchFields.class), "");
        Verdict verdict = classifier.classify(touch);
        return new ClassifyResponse(
                verdict.channel(),
                verdict.rule(),
                verdict.ruleset(),
                touch.direct(),
                classifier.explain(touch),
                reader.adjustments());
    }

    @POST
    @Path("/reclassify")
    @RolesAllowed(Scope.ADMIN_ROLE)
    @Operation(
            summary = "Classify all records by the rules as they are now",
            description =
                    "Runs in the background, one at a time over all replicas. Started again after an interruption, it goes"
                            + " on with the records that are left.")
    @APIResponse(
            responseCode = "202",
            description = "Started",
            content = @Content(schema = @Schema(implementation = ReclassificationResponse.class)))
    @APIResponse(
            responseCode = "200",
            description = "One is running already",
            content = @Content(schema = @Schema(implementation = ReclassificationResponse.class)))
    @APIResponse(
            responseCode = "503",
            description = "The database does not answer; see Retry-After",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<ReclassificationResponse>> reclassify() {
        return reclassification
                .start(caller.getPrincipal().getName())
                .map(started -> RestResponse.ResponseBuilder.create(
                                started.isNew() ? RestResponse.Status.ACCEPTED : RestResponse.Status.OK, started.job())
                        .build());
    }

    @GET
    @Path("/reclassify")
    @RolesAllowed(Scope.ADMIN_ROLE)
    @Operation(summary = "How far the latest re-classification is")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ReclassificationResponse.class)))
    @APIResponse(
            responseCode = "404",
            description = "There was none yet",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "The database does not answer; see Retry-After",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<ReclassificationResponse> latest() {
        return reclassification
                .latest()
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.of(ProblemType.NOT_FOUND, "There was no re-classification yet."));
    }
}
