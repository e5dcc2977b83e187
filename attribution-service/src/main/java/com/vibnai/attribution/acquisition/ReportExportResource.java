package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.platform.security.Scope;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** An acquisition report as one stream: the report's address, asked for CSV. */
@Path("/v1/reports")
@Tag(name = "Reports")
class ReportExportResource {

    private final AcquisitionService reports;

    ReportExportResource(AcquisitionService reports) {
        this.reports = reports;
    }

    @GET
    @Path("/acquisition")
    @Produces("text/csv")
    @RolesAllowed({Scope.READ_ROLE, Scope.REPORTS_ROLE})
    @Operation(hidden = true)
    public Multi<String> csv(@BeanParam AcquisitionParameters parameters) {
        return reports.csv(AcquisitionQuery.of(parameters, Clock.systemUTC()));
    }
}
