package com.vibnai.umami.source;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready as soon as Umami has been seen and has what is needed. Later outages of Umami do not take this service out: it
 * answers them with a problem and Retry-After, which a caller can use, where a refused connection says nothing.
 */
@Readiness
@ApplicationScoped
class SourceHealthCheck implements AsyncHealthCheck {

    private static final String NAME = "umami";

    private final EventSource source;

    SourceHealthCheck(EventSource source) {
        this.source = source;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return source.describe()
                .map(found -> HealthCheckResponse.named(NAME)
                        .up()
                        .withData("source", found.kind())
                        .withData("versions", String.valueOf(found.versions()))
                        .build())
                .onFailure()
                .recoverWithItem(failure -> HealthCheckResponse.named(NAME)
                        .down()
                        .withData("reason", String.valueOf(failure.getMessage()))
                        .build());
    }
}
