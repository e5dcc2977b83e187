package com.vibnai.umami.platform.problem;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one place where an exception becomes an answer. 4xx leave no trace in the log; a 5xx leaves one stack trace. */
public final class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);
    private static final OutageLog OUTAGES =
            new OutageLog(LOG::warn, "Umami's database does not answer", Duration.ofSeconds(1));

    @ServerExceptionMapper
    RestResponse<Problem> refused(ApiException e, UriInfo uri) {
        return answer(e.type(), detail(e), uri, e.errors(), e.retryAfter());
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    RestResponse<Problem> unauthorized(UriInfo uri) {
        return ResponseBuilder.create(
                        RestResponse.Status.UNAUTHORIZED,
                        problem(ProblemType.UNAUTHORIZED, "A valid key is needed: Authorization: Bearer <key>.", uri))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .type(Problem.MEDIA_TYPE)
                .build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> forbidden(ForbiddenException e, UriInfo uri) {
        return answer(ProblemType.FORBIDDEN, "The key lacks the scope for this call.", uri, List.of(), null);
    }

    @ServerExceptionMapper
    RestResponse<Problem> framework(WebApplicationException e, UriInfo uri) {
        ProblemType type = ProblemType.of(e.getResponse().getStatus());
        if (type == ProblemType.INTERNAL) {
            return unexpected(e, uri);
        }
        return answer(type, type.title() + ".", uri, List.of(), null);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unexpected(Throwable e, UriInfo uri) {
        if (isDatabaseDown(e)) {
            OUTAGES.met(e);
            return answer(
                    ProblemType.UNAVAILABLE,
                    "Umami's database does not answer in time; try again.",
                    uri,
                    List.of(),
                    DATABASE_RETRY);
        }
        UUID trace = UUID.randomUUID();
        LOG.errorf(e, "unexpected failure %s", trace);
        return answer(
                ProblemType.INTERNAL, "Unexpected failure; the log has it as " + trace + ".", uri, List.of(), null);
    }

    /**
     * Connection failures, time-outs, and PostgreSQL's own "going down", "too many connections", "out of resources", "no
     * such role or database": nothing that the caller has done, and all of it may be over soon.
     */
    static boolean isDatabaseDown(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof IOException || e instanceof TimeoutException || e instanceof VertxException) {
                return true;
            }
            if (e instanceof PgException pg
                    && pg.getSqlState() != null
                    && pg.getSqlState().matches("(08|28|3D|53|57|58).*")) {
                return true;
            }
        }
        return false;
    }

    private static String detail(Throwable e) {
        return e.getMessage() == null ? "" : e.getMessage();
    }

    private static Problem problem(ProblemType type, String detail, UriInfo uri) {
        return Problem.of(type, detail, uri.getPath(), List.of());
    }

    private static RestResponse<Problem> answer(
            ProblemType type, String detail, UriInfo uri, List<FieldError> errors, @Nullable Duration retryAfter) {
        ResponseBuilder<Problem> answer = ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(type.status()),
                        Problem.of(type, detail, uri.getPath(), errors))
                .type(MediaType.valueOf(Problem.MEDIA_TYPE));
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds());
        }
        return answer.build();
    }
}
