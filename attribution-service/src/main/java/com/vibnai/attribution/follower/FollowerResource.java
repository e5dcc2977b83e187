package com.vibnai.attribution.follower;

import com.vibnai.attribution.platform.json.BodyReader;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.problem.ProblemType;
import com.vibnai.attribution.platform.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Where followers stand, and which replica goes on. */
@Path("/v1/followers/{name}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Followers", description = "Where umami-query-service's followers of Umami stand")
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
class FollowerResource {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final FollowerRepository followers;
    private final BodyReader bodies;

    FollowerResource(FollowerRepository followers, BodyReader bodies) {
        this.followers = followers;
        this.bodies = bodies;
    }

    @GET
    @RolesAllowed({Scope.INGEST_ROLE, Scope.READ_ROLE, Scope.ADMIN_ROLE})
    @Operation(summary = "Where a follower stands")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FollowerResponse.class)))
    @APIResponse(
            responseCode = "404",
            description = "It has never run",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<FollowerResponse> one(@RestPath String name) {
        return found(followers.find(valid(name)), ProblemType.NOT_FOUND, "There is no follower of this name.");
    }

    @POST
    @Path("/lease")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.INGEST_ROLE)
    @Operation(
            summary = "Take or renew the lease",
            description = "Only its holder may move the follower. A change of hands makes a new version.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = LeaseRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FollowerResponse.class)))
    @APIResponse(
            responseCode = "409",
            description = "Another replica holds it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<FollowerResponse> lease(@RestPath String name, byte[] body) {
        String follower = valid(name);
        LeaseRequest request = bodies.read(body, LeaseRequest.class);
        return found(
                followers.lease(
                        follower, Objects.requireNonNull(request.holder()), Objects.requireNonNull(request.seconds())),
                ProblemType.CONFLICT,
                "Another replica holds the lease.");
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.INGEST_ROLE)
    @Operation(
            summary = "Move the follower",
            description = "From the version that is named, by the holder of the lease.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PositionRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FollowerResponse.class)))
    @APIResponse(
            responseCode = "409",
            description = "It is in other hands, or at another version",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<FollowerResponse> move(@RestPath String name, byte[] body) {
        String follower = valid(name);
        PositionRequest request = bodies.read(body, PositionRequest.class);
        return found(
                followers.move(
                        follower,
                        Objects.requireNonNull(request.holder()),
                        Objects.requireNonNull(request.version()),
                        Objects.requireNonNull(request.position())),
                ProblemType.CONFLICT,
                "The follower is in other hands, or at another version.");
    }

    @DELETE
    @Path("/lease")
    @RolesAllowed(Scope.INGEST_ROLE)
    @Operation(summary = "Give the lease back", description = "Does nothing if another replica holds it.")
    @APIResponse(responseCode = "204", description = "Others may take it now")
    public Uni<Void> release(@RestPath String name, @RestQuery @Nullable String holder) {
        if (holder == null || holder.isBlank()) {
            throw ApiException.invalid("holder", "is needed");
        }
        return followers.release(valid(name), holder);
    }

    private static String valid(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ApiException.invalid("name", "has 1 to 40 lower-case letters, digits and hyphens");
        }
        return name;
    }

    private static Uni<FollowerResponse> found(
            Uni<Optional<FollowerResponse>> follower, ProblemType otherwise, String detail) {
        return follower.map(found -> found.orElseThrow(() -> ApiException.of(otherwise, detail)));
    }
}
