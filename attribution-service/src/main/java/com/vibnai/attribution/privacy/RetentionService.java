package com.vibnai.attribution.privacy;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Anonymises records that are older than the configured days, in small transactions. Among replicas one works at a time:
 * each step takes a lock that the others do not wait for. A run that is cut off loses nothing; the next one goes on.
 */
@ApplicationScoped
class RetentionService {

    private static final Logger LOG = Logger.getLogger(RetentionService.class);

    private final RetentionRepository runs;
    private final RetentionConfig config;
    private final Vertx vertx;
    private final InstantSource clock = InstantSource.system();

    RetentionService(RetentionRepository runs, RetentionConfig config, Vertx vertx) {
        this.runs = runs;
        this.config = config;
        this.vertx = vertx;
    }

    void schedule(@Observes StartupEvent start) {
        config.days()
                .ifPresent(days -> vertx.setPeriodic(config.every().toMillis(), timer -> start(days, false)
                        .flatMap(this::work)
                        .subscribe()
                        .with(nothing -> {}, e -> LOG.errorf(e, "a retention run was cut off; the next one goes on"))));
    }

    /** Starts a run, which does nothing yet; a dry one is over with its count. */
    Uni<RetentionRun> start(int days, boolean dryRun) {
        return runs.start(clock.instant().minus(Duration.ofDays(days)), dryRun);
    }

    /** Works until nothing is left or another process is at it. */
    Uni<Void> work(RetentionRun run) {
        return runs.step(run, config.batch())
                .flatMap(done ->
                        done == null || done < config.batch() ? Uni.createFrom().voidItem() : work(run));
    }
}
