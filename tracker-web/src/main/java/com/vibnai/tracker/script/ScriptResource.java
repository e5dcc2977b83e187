package com.vibnai.tracker.script;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.HttpURLConnection;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Serves the SDK to pages of any origin: under stable names, which reach sites that never change their tag, and under
 * hashed ones for those that pin a version with its integrity.
 */
@Path("/")
class ScriptResource {

    private final ScriptFiles files;

    ScriptResource(ScriptFiles files) {
        this.files = files;
    }

    @GET
    @NonBlocking
    @Path("{name: [A-Za-z0-9._-]+\\.m?js|integrity\\.json|types|types/[A-Za-z]+\\.d\\.ts}")
    @Operation(summary = "A file of the browser SDK")
    @APIResponse(responseCode = "200", description = "The file, in the best encoding that the caller accepts")
    @APIResponse(responseCode = "304", description = "The caller has it already")
    @APIResponse(responseCode = "404", description = "No such file or version")
    public Response file(
            @RestPath String name,
            @RestHeader(HttpHeaders.ACCEPT_ENCODING) @Nullable String acceptEncoding,
            @RestHeader(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        ServedFile.Answer answer =
                files.find(name).orElseThrow(NotFoundException::new).answer(acceptEncoding, ifNoneMatch);
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        if (answer.status() != HttpURLConnection.HTTP_OK) {
            return response.build();
        }
        // Said here, because the framework leaves it out of the answer to HEAD.
        return response.header(HttpHeaders.CONTENT_LENGTH, answer.body().length)
                .entity(answer.body())
                .build();
    }
}
