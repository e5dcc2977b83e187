package com.vibnai.umami.sitefunnel;

import com.vibnai.umami.platform.problem.Problem;
import com.vibnai.umami.platform.security.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Funnels of the whole site. */
@Path("/v1/funnels")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Scope.READ_ROLE, Scope.REPORTS_ROLE})
@Tag(name = "Site", description = "What the visitors of a site did")
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
        description = "The key may not read reports",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "429",
        description = "As many funnels as may be are being worked out",
        headers = @Header(name = "Retry-After", schema = @Schema(type = SchemaType.INTEGER)),
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "501",
        description = "Umami is reached by its REST API, which cannot tell",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "503",
        description = "Umami or attribution-service does not answer in time; see Retry-After",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class SiteFunnelResource {

    private final SiteFunnelService funnels;

    SiteFunnelResource(SiteFunnelService funnels) {
        this.funnels = funnels;
    }

    @GET
    @Operation(summary = "How many visitors reach each of some steps", description = """
                    A visitor is a user where identity links tell who it is, else a session of Umami. Steps are reached in
                    order, each at the time of the one before or later, all within the window; one page view may be two
                    steps. Where attribution-service does not answer, steps that only it knows are left out and `degraded`
                    is true. A website says nothing of signups and conversions, which belong to users.
                    """)
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SiteFunnelResponse.class)))
    public Uni<SiteFunnelResponse> funnel(
            @Parameter(description = """
                                    2 to 8 times, in order. `visit` (any page view; only as the first), `path:/pricing` (a page
                                    view; `*` is any text), `event:name`, `signup`, `conversion:name` (`conversion:*` is any).
                                    After a signup or a conversion only further ones.""", example = "path:/pricing") @RestQuery("step") List<String> steps,
            @Parameter(description = "Only what happened on these Umami websites; all if there is none")
                    @RestQuery("website_id")
                    List<String> websites,
            @Parameter(description = "The first step at or after this time; 30 days before `to` if it is missing")
                    @RestQuery
                    @Nullable
                    String from,
            @Parameter(
                            description =
                                    "The first step before this time; now if it is missing. At most 92 days after `from`")
                    @RestQuery
                    @Nullable
                    String to,
            @Parameter(
                            description = "Days from the first step to the last, at most",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "90",
                                            defaultValue = "30"))
                    @RestQuery("window_days")
                    @Nullable
                    String windowDays,
            @Parameter(
                            description =
                                    "What tells groups apart: of a user's stored first touch, else of the first event in the range",
                            schema =
                                    @Schema(
                                            enumeration = {"none", "channel", "utm_campaign"},
                                            defaultValue = "none"))
                    @RestQuery
                    @Nullable
                    String by) {
        return funnels.of(Question.parse(steps, websites, from, to, windowDays, by, Instant.now()));
    }
}
