package com.vibnai.attribution.platform;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who does not ask for another form gets JSON, whatever else is accepted. Left to itself the framework picks one of the forms
 * that a call has, and which one differs from build to build.
 */
@Singleton
class JsonByDefault {

    private static final int BEFORE_ROUTING = 150;
    private static final String JSON = "application/json";
    private static final List<String> OTHERS = List.of("csv", "ndjson");

    void register(@Observes Filters filters) {
        filters.register(JsonByDefault::prefer, BEFORE_ROUTING);
    }

    private static void prefer(RoutingContext context) {
        HttpServerRequest request = context.request();
        @Nullable String accepted = request.getHeader(HttpHeaders.ACCEPT);
        if (accepted == null || OTHERS.stream().noneMatch(accepted::contains)) {
            request.headers().set(HttpHeaders.ACCEPT, JSON);
        }
        context.next();
    }
}
