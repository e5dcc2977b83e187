package com.vibnai.umami.firsttouch;

import com.vibnai.umami.follower.LeasedLoop;
import com.vibnai.umami.follower.Replica;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Starts and stops the recovery of first touches. */
@ApplicationScoped
class Recovery {

    private final RecoveryConfig config;
    private final LeasedLoop loop;

    Recovery(RecoveryConfig config, RecoveryTask task, Replica replica, Vertx vertx) {
        this.config = config;
        this.loop = replica.loop(task, new LeasedLoop.Timing(config.interval(), config.lease()), vertx);
    }

    void start(@Observes StartupEvent started) {
        if (config.recover()) {
            loop.start();
        }
    }

    void stop(@Observes ShutdownDelayInitiatedEvent going) {
        if (config.recover()) {
            loop.stop();
        }
    }
}
