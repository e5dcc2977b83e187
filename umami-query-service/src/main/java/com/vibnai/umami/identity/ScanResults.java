package com.vibnai.umami.identity;

import com.vibnai.umami.identity.IdentityResponse.Source;
import com.vibnai.umami.source.UserNames;
import com.vibnai.umami.source.Way;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Keeps reading whole tables rare: few at a time, and what one has found (or not) is told again for half a minute. A user
 * who signs up meanwhile is found by the link that the signup brings.
 */
@ApplicationScoped
class ScanResults {

    private final Cache cache;
    private final int most;
    private final AtomicInteger running = new AtomicInteger();

    ScanResults(@CacheName("scans") Cache cache, IdentityConfig config) {
        this.cache = cache;
        this.most = config.scans();
    }

    private record Key(Way way, String userId) {}

    Uni<Finding> of(Way way, UserNames user, Supplier<Uni<Finding>> scan) {
        Key key = new Key(way, user.userId());
        return cache.getAsync(key, missing -> unlessTooMany(way, scan))
                .call(finding -> isKept(finding) ? Uni.createFrom().voidItem() : cache.invalidate(key));
    }

    private Uni<Finding> unlessTooMany(Way way, Supplier<Uni<Finding>> scan) {
        if (running.incrementAndGet() > most) {
            running.decrementAndGet();
            return Uni.createFrom()
                    .item(new Finding(
                            way,
                            List.of(),
                            Source.skipped(way.label(), "Too many lookups without an index are running; try again.")));
        }
        return scan.get().onTermination().invoke(running::decrementAndGet);
    }

    /** One that took too long is kept as well: it would again. */
    private static boolean isKept(Finding finding) {
        return !finding.source().status().equals("skipped");
    }
}
