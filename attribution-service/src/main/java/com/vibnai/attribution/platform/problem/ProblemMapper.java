package com.vibnai.attribution.platform.problem;

import com.vibnai.attribution.platform.ErasedUser;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
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
            new OutageLog(LOG::warn, "the database does not answer", Duration.ofSeconds(1));

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
        if (ErasedUser.isRefused(e)) {
            return answer(
                    ProblemType.GONE,
                    "This user has been erased; nothing was stored. Do not send it again.",
                    uri,
                    List.of(),
                    null);
        }
        if (isDatabaseDown(e)) {
            OUTAGES.met(e);
            return answer(
                    ProblemType.UNAVAILABLE,
                    "The database does not answer; try again.",
                    uri,
                    List.of(),
                    DATABASE_RETRY);
        }
        if (isUnstorable(e)) {
            return answer(
                    ProblemType.INVALID_REQUEST,
                    "The request holds a value that the database cannot store.",
                    uri,
                    List.of(),
                    null);
        }
        if (isMediaType(e)) {
            return answer(ProblemType.NOT_ACCEPTABLE, "A header names what is no media type.", uri, List.of(), null);
        }
        UUID trace = UUID.randomUUID();
        LOG.errorf(e, "unexpected failure %s", trace);
        return answer(
                ProblemType.INTERNAL, "Unexpected failure; the log has it as " + trace + ".", uri, List.of(), null);
    }

    /** Connection failures, time-outs, and PostgreSQL's own "going down", "too many connections", "out of resources". */
    public static boolean isDatabaseDown(Throwable failure) {
        String state = sqlState(failure);
        if (state != null) {
            return state.matches("(08|53|57).*");
        }
        for (Throwable e = failure; e != null; e = e.getCause()) {
            // The last is what the pool says when it has no connection in time.
            if (e instanceof IOException
                    || e instanceof TimeoutException
                    || e instanceof VertxException
                    || e instanceof NoStackTraceThrowable) {
                return true;
            }
        }
        return false;
    }

    /** A NUL in a path for one; PostgreSQL's "data exception" and "constraint violated". */
    private static boolean isUnstorable(Throwable failure) {
        String state = sqlState(failure);
        return state != null && state.matches("(22|23).*");
    }

    /** What PostgreSQL said, to the client or through Hibernate; null if it did not say anything. */
    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof PgException pg) {
                return pg.getSqlState();
            }
            if (e instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }

    /** The framework parses Accept and Content-Type without a thought for what is no media type. */
    private static boolean isMediaType(Throwable e) {
        return e instanceof IllegalArgumentException && detail(e).startsWith("Failed to parse media type");
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
