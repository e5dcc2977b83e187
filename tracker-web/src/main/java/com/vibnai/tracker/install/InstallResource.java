package com.vibnai.tracker.install;

import com.vibnai.tracker.script.ScriptFiles;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code GET /}: how to put the tracker on a site. */
@Path("/")
class InstallResource {

    private final TrackerConfig config;
    private final ScriptFiles files;

    InstallResource(TrackerConfig config, ScriptFiles files) {
        this.config = config;
        this.files = files;
    }

    /**
     * What the page shows.
     *
     * @param trackerUrl where this service was reached
     */
    record Values(
            String trackerUrl,
            String umamiWebsiteId,
            String umamiScriptUrl,
            String attributionUrl,
            String publishableKey,
            String immutableName,
            String integrity,
            boolean complete) {}

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance install(Values values);
    }

    @GET
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "How to install the tracker, with this installation's values")
    public TemplateInstance page(UriInfo uri) {
        String base = uri.getBaseUri().toString();
        boolean complete = config.umamiWebsiteId().isPresent()
                && config.umamiScriptUrl().isPresent()
                && config.attributionUrl().isPresent()
                && config.publishableKey().isPresent();
        return Templates.install(new Values(
                base.endsWith("/") ? base.substring(0, base.length() - 1) : base,
                config.umamiWebsiteId().orElse("YOUR-UMAMI-WEBSITE-ID"),
                config.umamiScriptUrl().orElse("https://analytics.example.com/script.js"),
                config.attributionUrl().orElse("https://attribution.example.com"),
                config.publishableKey().orElse("pk_YOUR_PUBLISHABLE_KEY"),
                files.immutableName(),
                files.integrity("tracker.js"),
                complete));
    }
}
