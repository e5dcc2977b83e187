package com.vibnai.umami.identity;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What attribution-service said a moment ago: a console asks for funnel, trail and sessions of the same user at once. Only
 * what is complete is kept; somebody who signs up now is not told for seconds that they were never here.
 */
@ApplicationScoped
class LinkCache {

    private final Cache cache;
    private final AttributionLinks links;

    LinkCache(@CacheName("identity-links") Cache cache, AttributionLinks links) {
        this.cache = cache;
        this.links = links;
    }

    Uni<Known> of(String userId) {
        return cache.getAsync(userId, links::of)
                .call(known -> known.mayBeKept() ? Uni.createFrom().voidItem() : cache.invalidate(userId));
    }
}
