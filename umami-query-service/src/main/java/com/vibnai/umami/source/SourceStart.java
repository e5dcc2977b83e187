package com.vibnai.umami.source;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks at Umami from the start on, again and again until it answers, and says in the log what it found. */
@ApplicationScoped
class SourceStart {

    private static final Logger LOG = Logger.getLogger(SourceStart.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final EventSource source;
    private volatile @Nullable Cancellable looking;

    SourceStart(EventSource source) {
        this.source = source;
    }

    void start(@Observes StartupEvent event) {
        looking = source.describe()
                .onFailure()
                .invoke(failure -> LOG.warnf("Umami: %s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .subscribe()
                .with(
                        found ->
                                LOG.infof("Umami %s by %s, limits: %s", found.versions(), found.kind(), found.limits()),
                        failure -> LOG.warnf("Umami: %s", failure.getMessage()));
    }

    void stop(@Observes ShutdownEvent event) {
        Cancellable running = looking;
        if (running != null) {
            running.cancel();
        }
    }
}
