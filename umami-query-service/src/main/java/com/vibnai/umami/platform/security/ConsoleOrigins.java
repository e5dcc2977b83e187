package com.vibnai.umami.platform.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Lets pages of the console read across origins (CORS). To callers of other origins nothing is said, so that a browser
 * keeps the answer from their page, and a program that sends an Origin is served as ever.
 */
@Singleton
class ConsoleOrigins {

    /** Before authentication, which a preflight does not pass. */
    private static final int FIRST = 300;

    private final Set<String> origins;

    ConsoleOrigins(SecurityConfig config) {
        this.origins = Set.copyOf(config.console().origins().orElse(List.of()));
    }

    void register(@Observes Filters filters) {
        filters.register(this::allow, FIRST);
    }

    private void allow(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !origins.contains(origin)) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "retry-after")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (HttpMethod.OPTIONS.equals(context.request().method())
                && context.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "authorization,last-event-id")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400")
                    .setStatusCode(204)
                    .end();
        } else {
            context.next();
        }
    }
}
