package com.vibnai.umami.identity;

import com.vibnai.umami.identity.AttributionClient.NewLink;
import com.vibnai.umami.source.Claim;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Tells attribution-service what was found in Umami, beside the answer: nobody waits for it and nothing fails with it.
 * What gets lost on the way is found and told again by a later answer.
 */
@ApplicationScoped
class LinkPusher {

    private static final Logger LOG = Logger.getLogger(LinkPusher.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Calls at once; further ones are left to a later answer. */
    private static final int AT_ONCE = 4;
    /** Links of one call at most: attribution-service takes 5,000. */
    private static final int BATCH = 1000;

    private final AttributionClient attribution;
    private final String bearer;
    private final boolean enabled;
    private final Cache told;
    private final MeterRegistry metrics;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();

    LinkPusher(
            @RestClient AttributionClient attribution,
            AttributionConfig config,
            IdentityConfig identity,
            @CacheName("pushed-links") Cache told,
            MeterRegistry metrics) {
        this.attribution = attribution;
        this.bearer = "Bearer " + config.apiKey();
        this.enabled = identity.pushLinks();
        this.told = told;
        this.metrics = metrics;
    }

    /** Returns at once. */
    void push(Collection<Claim> claims) {
        List<Claim> fresh =
                claims.stream().filter(claim -> !isTold(claim)).limit(BATCH).toList();
        if (!enabled || fresh.isEmpty()) {
            return;
        }
        if (running.incrementAndGet() > AT_ONCE) {
            running.decrementAndGet();
            return;
        }
        attribution
                .link(bearer, fresh.stream().map(NewLink::of).toList())
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onTermination()
                .invoke(running::decrementAndGet)
                .subscribe()
                .with(done -> remember(fresh), failure -> failed(fresh.size(), failure));
    }

    private boolean isTold(Claim claim) {
        return told.as(CaffeineCache.class).getIfPresent(claim) != null;
    }

    private void remember(List<Claim> claims) {
        claims.forEach(claim -> told.as(CaffeineCache.class).put(claim, CompletableFuture.completedFuture(true)));
        metrics.counter("umami.links.pushed").increment(claims.size());
        failing.set(false);
    }

    private void failed(int links, Throwable failure) {
        metrics.counter("umami.links.push.failed").increment(links);
        // Once, and not for every answer until it works again: the metric has the number.
        if (failing.compareAndSet(false, true)) {
            LOG.warnf("Links found in Umami cannot be given to attribution-service: %s", failure.getMessage());
        }
    }
}
