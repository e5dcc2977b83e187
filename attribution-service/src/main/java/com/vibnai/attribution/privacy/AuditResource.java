package com.vibnai.attribution.privacy;

import com.vibnai.attribution.platform.Limit;
import com.vibnai.attribution.platform.Page;
import com.vibnai.attribution.platform.audit.AuditEntry;
import com.vibnai.attribution.platform.audit.AuditLog;
import com.vibnai.attribution.platform.audit.Audited;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The audit log, to read. */
@Path("/v1/audit-log")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.ADMIN_ROLE)
@Tag(name = "Privacy", description = "What a person may ask for, and who did what about it")
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
class AuditResource {

    private final AuditLog log;

    AuditResource(AuditLog log) {
        this.log = log;
    }

    @GET
    @Audited("read_audit_log")
    @Operation(
            summary = "Calls of administrators, newest first",
            description = "Refused ones as well. Nothing is personal.")
    @APIResponse(responseCode = "200", description = "Items and the next page's cursor")
    public Uni<Page<AuditEntry>> page(
            @Parameter(description = "Only calls about this user") @RestQuery("user_id") @Nullable String userId,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
                    @RestQuery
                    @Nullable
                    String limit,
            @RestQuery @Nullable String cursor) {
        return log.page(before(cursor), userId, Limit.parse(limit, Page.DEFAULT_LIMIT, Page.MAX_LIMIT));
    }

    private static long before(@Nullable String cursor) {
        try {
            return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw ApiException.invalid("cursor", "is not one that this call gave out");
        }
    }
}
