package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reports out. */
@Path("/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Scope.READ_ROLE, Scope.REPORTS_ROLE})
@Tag(name = "Reports", description = "What brings users who stay")
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
        description = "Too many reports are being made, or the database does not answer; see Retry-After",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class ReportResource {

    private final AcquisitionService reports;
    private final HealthService health;

    ReportResource(AcquisitionService reports, HealthService health) {
        this.reports = reports;
        this.health = health;
    }

    @GET
    @Path("/acquisition")
    @Operation(
            summary = "Users who signed up, by what brought them",
            description =
                    "Signups of a time, and what became of these users since: conversions and revenue count whenever"
                            + " they happened. Asked for `text/csv`, it streams a line for each period and group, all groups,"
                            + " without `compare` and `limit`. In CSV a value that a spreadsheet would take for a formula has an"
                            + " apostrophe in front.")
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = AcquisitionResponse.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
            })
    public Uni<AcquisitionResponse> acquisition(@BeanParam AcquisitionParameters parameters) {
        return reports.report(AcquisitionQuery.of(parameters, Clock.systemUTC()));
    }

    @GET
    @Path("/health")
    @Operation(
            summary = "How many signups say where they come from, and why others do not",
            description =
                    "By the way in which signups come. `dropped` says whether the share is clearly lower than in the"
                            + " four weeks before.")
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content = @Content(schema = @Schema(implementation = HealthResponse.class)))
    public Uni<HealthResponse> health(
            @Parameter(description = "First day of signups. Default: 30 days in all", example = "2026-10-01")
                    @RestQuery
                    @Nullable
                    String from,
            @Parameter(description = "The day after the last. Default: tomorrow", example = "2026-11-01")
                    @RestQuery
                    @Nullable
                    String to,
            @Parameter(description = "Whose days they are, by its IANA name", example = "Europe/Berlin")
                    @RestQuery("time_zone")
                    @Nullable
                    String timeZone) {
        return health.report(from, to, timeZone);
    }
}
