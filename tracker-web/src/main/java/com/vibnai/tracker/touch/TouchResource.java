package com.vibnai.tracker.touch;

import com.vibnai.tracker.platform.ApiException;
import com.vibnai.tracker.platform.Callers;
import com.vibnai.tracker.platform.Problem;
import com.vibnai.tracker.platform.ProblemType;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The tracker's cookie, set and erased by the server. */
@Path("/v1/touch")
@APIResponse(responseCode = "204", description = "Done; see Set-Cookie")
@APIResponse(
        responseCode = "403",
        description = "The page is of another site, or not of an allowed origin",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class TouchResource {

    private static final String COOKIE = "vibn_attribution";
    private static final String EXAMPLE = """
            {"first":{"utm_source":"google","utm_medium":"cpc","landing_page":"https://www.example.com/?utm_source=google&utm_medium=cpc",\
            "referrer":"https://www.google.com/","first_seen_at":"2026-11-20T09:30:00.000Z"}}""";

    private final CookieScope scopes;
    private final Callers callers;
    private final Duration age;

    TouchResource(CookieScope scopes, Callers callers, TouchConfig config) {
        this.scopes = scopes;
        this.callers = callers;
        this.age = Duration.ofDays(config.cookieDays());
    }

    @POST
    @NonBlocking
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Operation(
            summary = "Sets the tracker's cookie from the server, where Safari keeps it longer than seven days",
            description = "The body is what the tracker keeps: the first touch, the last one, and since when. "
                    + "To be called with credentials, by pages of this service's own site.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.OBJECT),
                        examples = @ExampleObject(name = "a first touch", value = EXAMPLE)),
                @Content(
                        mediaType = MediaType.TEXT_PLAIN,
                        schema = @Schema(description = "The same, without a preflight"))
            })
    @APIResponse(
            responseCode = "400",
            description = "Not what the tracker writes; nothing is set",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public void set(String body, @Context HttpServerRequest request) {
        CookieScope.Scope scope = admit(request);
        setCookie(request.response(), KeptTouches.parse(body).cookieValue(), age, scope);
    }

    @DELETE
    @NonBlocking
    @Operation(summary = "Erases the tracker's cookie: the visitor has withdrawn consent")
    public void erase(@Context HttpServerRequest request) {
        setCookie(request.response(), "", Duration.ZERO, admit(request));
    }

    @OPTIONS
    @NonBlocking
    @Operation(hidden = true)
    public void preflight(@Context HttpServerRequest request) {
        admit(request);
        request.response()
                .putHeader("Access-Control-Allow-Methods", "POST, DELETE")
                .putHeader("Access-Control-Allow-Headers", "Content-Type")
                .putHeader("Access-Control-Max-Age", "86400");
    }

    /** On the answer itself, so that the page may read a problem too. */
    private CookieScope.Scope admit(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        HttpServerResponse response =
                request.response().putHeader("Vary", "Origin").putHeader("Cache-Control", "no-store");
        CookieScope.Scope scope = scopes.of(origin, callers.of(request))
                .orElseThrow(() -> ApiException.of(
                        ProblemType.FORBIDDEN,
                        "Only pages of this service's own site, and of its allowed origins, may set the cookie."));
        response.putHeader("Access-Control-Allow-Origin", origin).putHeader("Access-Control-Allow-Credentials", "true");
        return scope;
    }

    private static void setCookie(HttpServerResponse response, String value, Duration age, CookieScope.Scope scope) {
        response.putHeader(
                "Set-Cookie",
                COOKIE + "=" + value + "; Path=/; Max-Age=" + age.toSeconds() + "; SameSite=Lax"
                        + scope.domain().map(domain -> "; Domain=" + domain).orElse("")
                        + (scope.secure() ? "; Secure" : ""));
    }
}
