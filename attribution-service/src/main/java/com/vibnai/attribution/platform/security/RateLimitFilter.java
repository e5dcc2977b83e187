package com.vibnai.attribution.platform.security;

import com.vibnai.attribution.platform.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls that come too fast: of a server key by its name, of everyone else by address. Runs after CORS (300), so
 * that a page can read the answer and its preflights are free.
 */
@Singleton
public class RateLimitFilter {

    private static final int AFTER_CORS = 200;
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final RateLimits limits;
    private final ApiKeys keys;
    private final ClientAddress addresses;
    private final Refusal refusal;

    RateLimitFilter(RateLimits limits, ApiKeys keys, SecurityConfig config, Refusal refusal) {
        this.limits = limits;
        this.keys = keys;
        this.addresses = new ClientAddress(config.trustedProxies().orElse(List.of()));
        this.refusal = refusal;
    }

    void register(@Observes Filters filters) {
        filters.register(this::limit, AFTER_CORS);
    }

    private void limit(RoutingContext context) {
        Duration wait = wait(context.request());
        if (wait.isZero()) {
            context.next();
            return;
        }
        context.response()
                .putHeader(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(Math.max(wait.plusMillis(999).toSeconds(), 1)));
        refusal.send(context, ProblemType.TOO_MANY_REQUESTS, "Too many calls; see Retry-After.");
    }

    private Duration wait(HttpServerRequest request) {
        @Nullable String credential = Bearer.of(request);
        return (credential == null ? Optional.<ApiKeys.Known>empty() : keys.find(credential))
                .map(known -> limits.ofKey(known.name()))
                .orElseGet(() -> limits.ofAddress(address(request)));
    }

    private String address(HttpServerRequest request) {
        @Nullable SocketAddress peer = request.remoteAddress();
        return addresses.of(
                peer == null ? null : peer.hostAddress(), request.headers().getAll(FORWARDED_FOR));
    }
}
