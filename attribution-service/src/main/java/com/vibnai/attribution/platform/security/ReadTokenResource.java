package com.vibnai.attribution.platform.security;

import com.vibnai.attribution.platform.json.BodyReader;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.problem.ProblemType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Gives a server the tokens that its console's pages read with. */
@Path("/v1/read-tokens")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Read tokens", description = "Short-lived tokens for the pages of a console")
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
class ReadTokenResource {

    private final ReadTokens tokens;
    private final BodyReader bodies;
    private final InstantSource clock = InstantSource.system();

    ReadTokenResource(ReadTokens tokens, BodyReader bodies) {
        this.tokens = tokens;
        this.bodies = bodies;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scope.READ_ROLE, Scope.ADMIN_ROLE})
    @Operation(
            summary = "Make a token that reads one user, or reports, for a while",
            description = "At most an hour. The user's records, conversions and segments here and the user's history at"
                    + " umami-query-service answer to it, nothing else does.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ReadTokenRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = ReadTokenResponse.class)))
    @APIResponse(
            responseCode = "404",
            description = "READ_TOKEN_SECRET is not set",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "More than 64 KB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "No JSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RestResponse<ReadTokenResponse> mint(byte[] body) {
        ReadTokenRequest request = bodies.read(body, ReadTokenRequest.class);
        if (!tokens.isOn()) {
            throw ApiException.of(ProblemType.NOT_FOUND, "Read tokens are off: READ_TOKEN_SECRET is not set.");
        }
        ReadTokens.Minted minted = tokens.mint(request.grant(), request.ttl(), clock.instant());
        return RestResponse.status(
                RestResponse.Status.CREATED, new ReadTokenResponse(minted.token(), minted.expiresAt()));
    }
}
