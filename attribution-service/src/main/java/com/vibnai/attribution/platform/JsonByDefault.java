package com.vibnai.attribution.platform;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Who takes anything, as curl does, gets JSON. Left to itself the framework picks one of the forms that a call has, and which
 * one differs from build to build.
 */
@Singleton
class JsonByDefault {

    private static final int BEFORE_ROUTING = 150;
    private static final String JSON = "application/json";

    void register(@Observes Filters filters) {
        filters.register(JsonByDefault::prefer, BEFORE_ROUTING);
    }

    private static void prefer(RoutingContext context) {
        HttpServerRequest request = context.request();
        @Nullable String accepted = request.getHeader(HttpHeaders.ACCEPT);
        if (accepted == null || isAnything(accepted)) {
            request.headers().set(HttpHeaders.ACCEPT, JSON);
        }
        context.next();
    }

    /** It says anything, and names none of the other forms. */
    private static boolean isAnything(String accepted) {
        return accepted.contains("*/*") && !accepted.contains("csv") && !accepted.contains("ndjson");
    }
}
