package com.vibnai.umami.follower;

import com.vibnai.umami.identity.AttributionConfig;
import com.vibnai.umami.source.SourceConfig;
import com.vibnai.umami.source.database.Tail;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts and stops the follower, and tells how far it is. Umami's API does not tell rows by time: there it stays off. */
@ApplicationScoped
public class Follower {

    private static final Logger LOG = Logger.getLogger(Follower.class);
    private static final double MILLIS = 1000;

    private final FollowerConfig config;
    private final SourceConfig source;
    private final Instance<Tail> tail;
    private final LinkClient links;
    private final AttributionConfig attribution;
    private final Replica replica;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final AtomicReference<@Nullable LeasedLoop> loop = new AtomicReference<>();

    Follower(
            FollowerConfig config,
            SourceConfig source,
            Instance<Tail> tail,
            @RestClient LinkClient links,
            AttributionConfig attribution,
            Replica replica,
            Vertx vertx,
            MeterRegistry metrics) {
        this.config = config;
        this.source = source;
        this.tail = tail;
        this.links = links;
        this.attribution = attribution;
        this.replica = replica;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started) {
        if (!config.enabled()) {
            return;
        }
        if (source.source() != SourceConfig.Kind.DATABASE) {
            LOG.warn("umami.follower.enabled has no effect with umami.source=api.");
            return;
        }
        LeasedLoop following = replica.loop(
                new FollowTask(tail.get(), links, attribution, config, metrics),
                new LeasedLoop.Timing(config.interval(), config.lease()),
                vertx);
        loop.set(following);
        Gauge.builder("umami.follower.active", this, Follower::active)
                .description("1 in the replica that follows Umami")
                .register(metrics);
        Gauge.builder("umami.follower.lag.seconds", this, Follower::lag)
                .description("How far behind now the follower is; 0 where another replica follows")
                .register(metrics);
        following.start();
    }

    void stop(@Observes ShutdownDelayInitiatedEvent going) {
        LeasedLoop running = loop.get();
        if (running != null) {
            running.stop();
        }
    }

    /** How the loop stands; nothing where it is off. */
    Optional<LeasedLoop.State> state() {
        return Optional.ofNullable(loop.get()).map(LeasedLoop::state);
    }

    /** Rows up to this time have been given on. */
    static Optional<Instant> followedUntil(LeasedLoop.State state) {
        return state.position().values().stream()
                .map(Place::parse)
                .map(Place::at)
                .min(Instant::compareTo);
    }

    private double active() {
        return state().filter(state -> state.status() == LeasedLoop.Status.ACTIVE)
                        .isPresent()
                ? 1
                : 0;
    }

    private double lag() {
        return state().filter(state -> state.status() != LeasedLoop.Status.STANDBY)
                .flatMap(Follower::followedUntil)
                .map(until -> Duration.between(until, Instant.now()).toMillis() / MILLIS)
                .orElse(0.0);
    }
}
