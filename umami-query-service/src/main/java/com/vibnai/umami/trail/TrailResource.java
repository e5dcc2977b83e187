package com.vibnai.umami.trail;

import com.vibnai.umami.identity.IdentityService;
import com.vibnai.umami.platform.Limit;
import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.platform.problem.Problem;
import com.vibnai.umami.platform.security.Scope;
import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.Window;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A user's click trail. */
@Path("/v1/users/{user_id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Scope.READ_ROLE, Scope.USER_READ_ROLE})
@Tag(name = "User", description = "What one user did")
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
        description = "The key may not read",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "503",
        description = "Umami or attribution-service does not answer in time; see Retry-After",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class TrailResource {

    static final String EVENT_DATA = "event_data";

    private final IdentityService identities;
    private final TrailService trails;

    TrailResource(IdentityService identities, TrailService trails) {
        this.identities = identities;
        this.trails = trails;
    }

    @GET
    @Path("/trail")
    @Operation(summary = "The latest events, newest first", description = "A user that nobody has seen has none.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TrailResponse.class)))
    public Uni<TrailResponse> trail(
            @RestPath("user_id") String userId,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
                    @RestQuery
                    @Nullable
                    String limit,
            @RestQuery @Nullable String cursor,
            @Parameter(
                            description = "Also what was sent along with each event",
                            schema = @Schema(enumeration = {TrailResource.EVENT_DATA}))
                    @RestQuery
                    @Nullable
                    String include,
            @Parameter(description = "Only what happened on this Umami website") @RestQuery("website_id") @Nullable
                    String websiteId,
            @Parameter(description = "Only what happened at or after this time") @RestQuery @Nullable String from,
            @Parameter(description = "Only what happened before this time") @RestQuery @Nullable String to) {
        int size = Limit.parse(limit, TrailService.DEFAULT_LIMIT, TrailService.MAX_LIMIT);
        EventPosition before = TrailCursor.parse(cursor);
        Window window = Window.parse(websiteId, from, to);
        boolean data = includesData(include);
        return identities.answer(userId, window, identity -> trails.page(userId, identity, size, before, data));
    }

    private static boolean includesData(@Nullable String include) {
        if (include != null && !include.equals(EVENT_DATA)) {
            throw ApiException.invalid("include", "has to be " + EVENT_DATA);
        }
        return include != null;
    }
}
