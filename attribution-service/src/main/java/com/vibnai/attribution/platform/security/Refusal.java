package com.vibnai.attribution.platform.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.problem.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/** Ends a request with a problem, before any resource is asked. */
@Singleton
class Refusal {

    private final ObjectMapper json;

    Refusal(ObjectMapper json) {
        this.json = json;
    }

    void send(RoutingContext context, ProblemType type, String detail) {
        try {
            context.response()
                    .setStatusCode(type.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(json.writeValueAsString(
                            Problem.of(type, detail, context.request().path(), List.of())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
