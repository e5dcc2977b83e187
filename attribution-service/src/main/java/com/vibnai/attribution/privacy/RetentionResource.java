package com.vibnai.attribution.privacy;

import com.vibnai.attribution.platform.audit.Audited;
import com.vibnai.attribution.platform.json.BodyReader;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.problem.ProblemType;
import com.vibnai.attribution.platform.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;

/** Runs of the retention job: what they would do, what they did, and one at once. */
@Path("/v1/retention-runs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.ADMIN_ROLE)
@Tag(name = "Privacy", description = "What a person may ask for, and who did what about it")
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
class RetentionResource {

    private static final Logger LOG = Logger.getLogger(RetentionResource.class);
    private static final int SHOWN = 50;

    private final RetentionService retention;
    private final RetentionRepository runs;
    private final RetentionConfig config;
    private final BodyReader bodies;

    RetentionResource(RetentionService retention, RetentionRepository runs, RetentionConfig config, BodyReader bodies) {
        this.retention = retention;
        this.runs = runs;
        this.config = config;
        this.bodies = bodies;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("start_retention_run")
    @Operation(
            summary = "Count what is too old, or anonymise it now",
            description = "A dry run counts, for any number of days. A run that anonymises goes by the configured days"
                    + " (ATTRIBUTION_RETENTION_DAYS) and works on after the answer; its progress is in the list.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RetentionRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "Counted",
            content = @Content(schema = @Schema(implementation = RetentionRun.class)))
    @APIResponse(
            responseCode = "202",
            description = "Started",
            content = @Content(schema = @Schema(implementation = RetentionRun.class)))
    @APIResponse(
            responseCode = "400",
            description = "Invalid request",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "Retention is off, or has other days",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "More than 64 KB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "No JSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<RetentionRun>> start(byte[] body) {
        RetentionRequest request = bodies.read(body, RetentionRequest.class);
        return request.isDry() ? count(request) : anonymise(request);
    }

    private Uni<RestResponse<RetentionRun>> count(RetentionRequest request) {
        int days = request.days() == null ? config.days().orElse(0) : request.days();
        if (days == 0) {
            throw ApiException.invalid("days", "is needed while retention is off");
        }
        return retention.start(days, true).map(RestResponse::ok);
    }

    private Uni<RestResponse<RetentionRun>> anonymise(RetentionRequest request) {
        int days = config.days().orElse(0);
        if (days == 0 || (request.days() != null && request.days() != days)) {
            throw ApiException.of(
                    ProblemType.CONFLICT, "Records are anonymised after ATTRIBUTION_RETENTION_DAYS, and no others.");
        }
        return retention
                .start(days, false)
                .invoke(this::workOn)
                .map(run -> RestResponse.status(RestResponse.Status.ACCEPTED, run));
    }

    private void workOn(RetentionRun run) {
        retention
                .work(run)
                .subscribe()
                .with(nothing -> {}, e -> LOG.errorf(e, "retention run %d was cut off", run.runId()));
    }

    @GET
    @Audited("read_retention_runs")
    @Operation(summary = "The latest 50 runs, newest first")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RetentionRun[].class)))
    public Uni<List<RetentionRun>> latest() {
        return runs.latest(SHOWN);
    }
}
