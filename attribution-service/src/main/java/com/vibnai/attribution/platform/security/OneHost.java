package com.vibnai.attribution.platform.security;

import com.vibnai.attribution.platform.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** A request with two {@code Host} headers may mean another host to a proxy than to this service: RFC 9112, section 3.2. */
@Singleton
class OneHost {

    /** Before anything that answers, but after what every answer gets. */
    private static final int EARLY = 9_000;

    private final Refusal refusal;

    OneHost(Refusal refusal) {
        this.refusal = refusal;
    }

    void refuseMore(@Observes Filters filters) {
        filters.register(
                request -> {
                    if (request.request().headers().getAll(HttpHeaders.HOST).size() > 1) {
                        refusal.send(request, ProblemType.INVALID_REQUEST, "A request has one Host header.");
                    } else {
                        request.next();
                    }
                },
                EARLY);
    }
}
