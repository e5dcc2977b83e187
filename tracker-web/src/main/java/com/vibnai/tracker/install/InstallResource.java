package com.vibnai.tracker.install;

import com.vibnai.tracker.firstparty.ProxyConfig;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code GET /}: how to put the tracker on a site, and whether it would work from here. */
@Path("/")
class InstallResource {

    private final TrackerConfig config;
    private final ProxyConfig proxy;
    private final ScriptFiles files;
    private final Callers callers;
    private final String script = asset("install.js");
    private final String style = asset("install.css");

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
        return Response.ok(Templates.install(values, files.immutableName(), files.integrity("tracker.js")))
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
        return asset(script, "text/javascript;charset=utf-8");
    }

    @GET
    @Path("install.css")
    @Produces("text/css;charset=utf-8")
    @Operation(hidden = true)
    public Response style() {
        return asset(style, "text/css;charset=utf-8");
    }

    private static Response asset(String content, String mediaType) {
        return Response.ok(content, mediaType)
                .header("Cache-Control", "no-cache")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .build();
    }

    private static String asset(String name) {
        try (InputStream stream = InstallResource.class.getResourceAsStream("/install/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
