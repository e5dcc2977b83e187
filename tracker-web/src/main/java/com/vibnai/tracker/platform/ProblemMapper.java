package com.vibnai.tracker.platform;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where an exception becomes an answer. 4xx leave no trace in the log; a 5xx leaves one stack trace. */
public final class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    RestResponse<Problem> refused(ApiException e, UriInfo uri) {
        return answer(e.type(), e.detail(), e.errors(), uri);
    }

    @ServerExceptionMapper
    RestResponse<Problem> framework(WebApplicationException e, UriInfo uri) {
        ProblemType type = ProblemType.ofStatus(e.getResponse().getStatus());
        return answer(type, type.detail(), List.of(), uri);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unexpected(Throwable e, UriInfo uri) {
        UUID trace = UUID.randomUUID();
        LOG.errorf(e, "unexpected failure %s", trace);
        return answer(ProblemType.INTERNAL, "Unexpected failure; the log has it as " + trace + ".", List.of(), uri);
    }

    private static RestResponse<Problem> answer(ProblemType type, String detail, List<FieldError> errors, UriInfo uri) {
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(type.status()),
                        Problem.of(type, detail, uri.getPath(), errors))
                .type(Problem.MEDIA_TYPE)
                .build();
    }
}
