package com.vibnai.attribution.platform.security;

import com.vibnai.attribution.platform.json.BodyLimits;
import com.vibnai.attribution.platform.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses, before a body is read, what the framework would refuse without saying why: a body that announces too many
 * bytes, and a page of an origin that is not on the list.
 */
@Singleton
public class RequestGuard {

    /** Before Quarkus' own CORS filter (300) and body limit. */
    private static final int FIRST = 400;

    private final Set<String> origins;
    private final BodyLimits limits;
    private final Refusal refusal;

    RequestGuard(SecurityConfig config, BodyLimits limits, Refusal refusal) {
        this.origins = new HashSet<>(config.browser().allowedOrigins().orElse(List.of()));
        this.origins.addAll(config.console().origins().orElse(List.of()));
        this.limits = limits;
        this.refusal = refusal;
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, FIRST);
    }

    private void guard(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !origins.contains(origin)) {
            refusal.send(
                    context,
                    ProblemType.FORBIDDEN,
                    "Pages of this origin may not call: it is not one of the allowed origins.");
        } else if (announced(request) > BodyLimits.of(limits, request.path())) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            refusal.send(
                    context,
                    ProblemType.PAYLOAD_TOO_LARGE,
                    "A body has at most " + BodyLimits.of(limits, request.path()) + " bytes.");
        } else {
            context.next();
        }
    }

    private static long announced(HttpServerRequest request) {
        @Nullable String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
