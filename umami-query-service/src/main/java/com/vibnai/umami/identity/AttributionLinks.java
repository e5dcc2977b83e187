package com.vibnai.umami.identity;

import com.vibnai.umami.identity.AttributionClient.LinkedSegment;
import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.platform.problem.ApiException;
import io.smallrye.faulttolerance.api.AsynchronousNonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Asks attribution-service, within bounds: one more try when it refuses at once, none when it is slow, and no question at
 * all for two seconds after most of the last ones failed.
 */
@ApplicationScoped
class AttributionLinks {

    /** Sessions to a page: the most that attribution-service gives. */
    private static final int PAGE = 500;

    private final AttributionClient attribution;
    private final String bearer;
    private final int most;

    AttributionLinks(@RestClient AttributionClient attribution, AttributionConfig config, QueryConfig limits) {
        this.attribution = attribution;
        this.bearer = "Bearer " + config.apiKey();
        this.most = limits.sessions();
    }

    /** The user's segments and signup. */
    @AsynchronousNonBlocking
    @Timeout(1500)
    @CircuitBreaker(requestVolumeThreshold = 10, failureRatio = 0.6, delay = 2000)
    @Retry(maxRetries = 1, delay = 50, jitter = 25, abortOn = TimeoutException.class)
    Uni<Known> of(String userId) {
        return Uni.combine()
                .all()
                .unis(segments(userId, null, new ArrayList<>()), signup(userId))
                .with((found, signedUp) -> new Known(
                        List.copyOf(found.size() > most ? found.subList(0, most) : found),
                        found.size() > most,
                        signedUp.orElse(null)));
    }

    private Uni<List<LinkedSegment>> segments(String userId, @Nullable String cursor, List<LinkedSegment> before) {
        return attribution.segments(bearer, userId, PAGE, cursor).flatMap(page -> {
            before.addAll(page.items());
            return page.nextCursor() == null || before.size() > most
                    ? Uni.createFrom().item(before)
                    : segments(userId, page.nextCursor(), before);
        });
    }

    private Uni<Optional<Instant>> signup(String userId) {
        return attribution
                .signup(bearer, userId)
                .map(signup -> Optional.of(signup.signedUpAt()))
                .onFailure(AttributionLinks::isUnknown)
                .recoverWithItem(Optional.empty());
    }

    private static boolean isUnknown(Throwable e) {
        return e instanceof ApiException refused && refused.isNotFound();
    }
}
