package com.vibnai.umami.platform.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vibnai.umami.platform.problem.Problem;
import com.vibnai.umami.platform.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** A request with two {@code Host} headers may mean another host to a proxy than to this service: RFC 9112, section 3.2. */
@Singleton
class OneHost {

    /** Before anything that answers, but after what every answer gets. */
    private static final int EARLY = 9_000;

    private final ObjectMapper json;

    OneHost(ObjectMapper json) {
        this.json = json;
    }

    void refuseMore(@Observes Filters filters) {
        filters.register(
                request -> {
                    if (request.request().headers().getAll(HttpHeaders.HOST).size() > 1) {
                        refuse(request);
                    } else {
                        request.next();
                    }
                },
                EARLY);
    }

    private void refuse(RoutingContext request) {
        Problem problem = Problem.of(
                ProblemType.INVALID_REQUEST,
                "A request has one Host header.",
                request.request().path(),
                List.of());
        try {
            request.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(json.writeValueAsString(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
