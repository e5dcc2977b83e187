package com.vibnai.attribution.acquisition;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/** The health of attribution for Prometheus: the latest 24 hours beside the four weeks before. */
@Singleton
class HealthMetrics {

    private static final Logger LOG = Logger.getLogger(HealthMetrics.class);

    private final HealthService health;
    private final ReportsConfig config;
    private final Vertx vertx;
    private volatile HealthService.Counted latest = new HealthService.Counted(Map.of(), Attributed.NONE);

    HealthMetrics(HealthService health, ReportsConfig config, Vertx vertx, MeterRegistry metrics) {
        this.health = health;
        this.config = config;
        this.vertx = vertx;
        gauge(metrics, "signups", "Signups of the latest 24 hours", of -> of.all()
                .signups());
        gauge(metrics, "share", "Share of them with a first touch that is not direct", of -> share(of.all()));
        gauge(metrics, "baseline.share", "The same share of the four weeks before", of -> share(of.before()));
        gauge(
                metrics,
                "dropped",
                "1 if the share is clearly lower than before",
                of -> of.all().isDroppedFrom(of.before()) ? 1 : 0);
    }

    private void gauge(
            MeterRegistry metrics, String name, String description, ToDoubleFunction<HealthService.Counted> value) {
        Gauge.builder("attribution.health." + name, this, of -> value.applyAsDouble(of.latest))
                .description(description)
                .register(metrics);
    }

    private static double share(Attributed of) {
        Double share = of.share();
        return share == null ? Double.NaN : share;
    }

    void schedule(@Observes StartupEvent start) {
        look();
        vertx.setPeriodic(config.health().toMillis(), timer -> look());
    }

    private void look() {
        health.latest()
                .subscribe()
                .with(
                        counted -> latest = counted,
                        e -> LOG.warnf("the health of attribution is not known: %s", e.getMessage()));
    }
}
