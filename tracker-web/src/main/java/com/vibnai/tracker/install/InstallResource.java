package com.vibnai.tracker.install;

import com.vibnai.tracker.firstparty.ProxyConfig;
import com.vibnai.tracker.platform.Assets;
import com.vibnai.tracker.platform.Callers;
import com.vibnai.tracker.script.ScriptFiles;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code GET /}: how to put the tracker on a site, and whether it would work from here. */
@Path("/")
class InstallResource {

    private final TrackerConfig config;
    private final ProxyConfig proxy;
    private final ScriptFiles files;
    private final Callers callers;
    private final String script = Assets.text("/install/install.js");
    private final String style = Assets.text("/install/install.css");

    InstallResource(TrackerConfig config, ProxyConfig proxy, ScriptFiles files, Callers callers) {
        this.config = config;
        this.proxy = proxy;
        this.files = files;
        this.callers = callers;
    }

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance install(Snippet values, String immutableName, String integrity);
    }

    @GET
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "How to install the tracker, with this installation's values, and whether it works from here")
    public Response page(@Context HttpServerRequest request) {
        Snippet values = Snippet.of(config, proxy, callers.of(request));
        return Response.ok(Templates.install(values, files.immutableName("tracker"), files.integrity("tracker.js")))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' "
                                + values.origins() + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Path("install.js")
    @Produces("text/javascript;charset=utf-8")
    @Operation(hidden = true)
    public Response script() {
        return Assets.answer(script, "text/javascript;charset=utf-8");
    }

    @GET
    @Path("install.css")
    @Produces("text/css;charset=utf-8")
    @Operation(hidden = true)
    public Response style() {
        return Assets.answer(style, "text/css;charset=utf-8");
    }
}
