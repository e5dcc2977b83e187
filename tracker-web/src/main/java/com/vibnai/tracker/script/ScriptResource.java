package com.vibnai.tracker.script;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Serves the SDK to pages of any origin. {@code /tracker.js} is checked again after an hour, so that an update reaches
 * sites that never change their tag; the hashed name is for those that pin a version with its integrity.
 */
@Path("/")
class ScriptResource {

    private static final String HASHED = "tracker\\.[0-9a-f]{16}\\.js";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String AN_HOUR = "public, max-age=3600";

    private final ScriptFiles files;

    ScriptResource(ScriptFiles files) {
        this.files = files;
    }

    @GET
    @Path("{name: tracker\\.m?js|" + HASHED + "|react\\.mjs|integrity\\.json|types/[a-z]+\\.d\\.ts}")
    @Operation(summary = "A file of the browser SDK")
    @APIResponse(responseCode = "200", description = "The file, in the best encoding that the caller accepts")
    @APIResponse(responseCode = "304", description = "The caller has it already")
    @APIResponse(responseCode = "404", description = "No such version")
    public Response file(
            @RestPath String name,
            @RestHeader(HttpHeaders.ACCEPT_ENCODING) @DefaultValue("identity") String acceptEncoding,
            Request request) {
        ScriptFile file = files.find(name).orElseThrow(NotFoundException::new);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(file.tag());
        String encoding = file.encoding(acceptEncoding);
        Response.ResponseBuilder answer = unchanged != null
                ? unchanged
                : Response.ok(file.forms().get(encoding)).header(HttpHeaders.CONTENT_TYPE, file.mediaType());
        if (unchanged == null && !encoding.equals("identity")) {
            answer.header(HttpHeaders.CONTENT_ENCODING, encoding);
        }
        return answer.tag(file.tag())
                .header(HttpHeaders.CACHE_CONTROL, name.matches(HASHED) ? FOREVER : AN_HOUR)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header("Access-Control-Allow-Origin", "*")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("Timing-Allow-Origin", "*")
                .build();
    }
}
