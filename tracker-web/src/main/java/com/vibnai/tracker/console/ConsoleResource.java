package com.vibnai.tracker.console;

import com.vibnai.tracker.platform.Assets;
import com.vibnai.tracker.script.ScriptFiles;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code GET /console/}: the page, and what it may load and call. */
@Path("/console")
class ConsoleResource {

    private final Settings settings;
    private final ScriptFiles files;
    private final String policy;
    private final String style = Assets.text("/console/console.css");

    ConsoleResource(ConsoleConfig config, ScriptFiles files) {
        this.settings = Settings.of(config);
        this.files = files;
        this.policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src "
                + settings.origins() + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types lit-html";
    }

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance console(Settings settings, String script, String integrity);
    }

    @GET
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "A page with users and reports, for people")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(
            responseCode = "308",
            description = "The same with a slash at the end, which the page's files are beside")
    public Response page(@Context HttpServerRequest request) {
        if (!request.path().endsWith("/")) {
            // Relative: a proxy may serve this under another path.
            return Response.status(RestResponse.Status.PERMANENT_REDIRECT)
                    .header(HttpHeaders.LOCATION, "console/")
                    .build();
        }
        String script = files.immutableName("console-page");
        return Response.ok(Templates.console(settings, script, files.integrity(script)))
                .header("Content-Security-Policy", policy)
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Path("console.css")
    @Produces("text/css;charset=utf-8")
    @Operation(hidden = true)
    public Response style() {
        return Assets.answer(style, "text/css;charset=utf-8");
    }
}
