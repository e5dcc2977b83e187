package com.vibnai.attribution.privacy;

import com.vibnai.attribution.platform.audit.Audited;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Access and erasure. */
@Path("/v1")
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
class PrivacyResource {

    private final PrivacyRepository repository;
    private final PrivacyConfig config;

    PrivacyResource(PrivacyRepository repository, PrivacyConfig config) {
        this.repository = repository;
        this.config = config;
    }

    @GET
    @Path("/users/{user_id}/data")
    @Audited("read_user_data")
    @Operation(summary = "All that is held of a user", description = "A user of whom nothing is held has empty lists.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = UserDataResponse.class)))
    public Uni<UserDataResponse> data(@RestPath("user_id") String userId) {
        return repository.read(userId).map(data -> new UserDataResponse(userId, data));
    }

    @DELETE
    @Path("/users/{user_id}")
    @Audited("erase_user")
    @Operation(
            summary = "Erase a user",
            description =
                    "All of it in one transaction, and for some time nothing new is stored about this user: a late"
                            + " write of a queue or a retry answers 410. Erasing again changes nothing but that time.")
    @APIResponse(responseCode = "204", description = "Nothing is held any more")
    public Uni<Void> erase(@RestPath("user_id") String userId) {
        return repository.erase(userId, config.block());
    }
}
