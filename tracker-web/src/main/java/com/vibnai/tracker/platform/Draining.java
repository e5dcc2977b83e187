package com.vibnai.tracker.platform;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * While the service is about to end ({@code quarkus.shutdown.delay}), its answers ask the clients to close their
 * connections: the next request then goes to an instance that stays.
 */
@Singleton
class Draining {

    /** Before anything that answers. */
    private static final int FIRST = 10_000;

    private volatile boolean begun;

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        begun = true;
    }

    void tellClients(@Observes Filters filters) {
        filters.register(
                request -> {
                    if (begun) {
                        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                    }
                    request.next();
                },
                FIRST);
    }
}
