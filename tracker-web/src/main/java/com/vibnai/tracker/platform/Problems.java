package com.vibnai.tracker.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors as RFC 9457 problems. */
public final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    /** Body of an error; see RFC 9457. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Problem(String type, String title, int status, String detail, String instance) {}

    @ServerExceptionMapper
    RestResponse<Problem> framework(WebApplicationException e, UriInfo uri) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        String slug = status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
        return answer(
                status.getStatusCode(), slug, status.getReasonPhrase(), "There is nothing here for this request.", uri);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unexpected(Throwable e, UriInfo uri) {
        UUID trace = UUID.randomUUID();
        LOG.errorf(e, "unexpected failure %s", trace);
        return answer(500, "internal", "Internal error", "Unexpected failure; the log has it as " + trace + ".", uri);
    }

    private static RestResponse<Problem> answer(int status, String slug, String title, String detail, UriInfo uri) {
        Problem problem = new Problem("urn:vibn:problem:" + slug, title, status, detail, uri.getPath());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.fromStatusCode(status), problem)
                .type("application/problem+json")
                .build();
    }
}
