package com.vibnai.umami.identity;

import com.vibnai.umami.identity.IdentityResponse.Source;
import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.source.UserNames;
import com.vibnai.umami.source.Window;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/**
 * Finds a user's sessions: by the links of attribution-service and by what Umami's own tables say. Without
 * attribution-service it goes on from Umami alone and says so.
 */
@ApplicationScoped
public class IdentityService {

    private static final Logger LOG = Logger.getLogger(IdentityService.class);
    private static final String LINKS = "links";
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final LinkCache links;
    private final UmamiLookup umami;
    private final LinkPusher pusher;
    private final QueryConfig config;

    IdentityService(LinkCache links, UmamiLookup umami, LinkPusher pusher, QueryConfig config) {
        this.links = links;
        this.umami = umami;
        this.pusher = pusher;
        this.config = config;
    }

    /** What {@code part} makes of what is in the window, all of it within the time limit; 400 if the id is none. */
    public <T> Uni<T> answer(String userId, Window window, Function<Identity, Uni<T>> part) {
        return of(UserIds.valid(userId))
                .flatMap(identity -> part.apply(identity.within(window)))
                .ifNoItem()
                .after(config.timeout())
                .failWith(() -> ApiException.unavailable("Umami does not answer in time; try again.", RETRY));
    }

    /** The user's segments and signup; 503 if Umami does not answer. */
    public Uni<Identity> of(String userId) {
        return linked(userId)
                .flatMap(findings -> umami.into(findings, new UserNames(userId)))
                .invoke(findings -> pusher.push(findings.ownClaims()))
                .map(findings -> findings.toIdentity(config.sessions()));
    }

    private Uni<Findings> linked(String userId) {
        long start = System.nanoTime();
        return links.of(userId)
                .map(known -> new Findings(userId, known, ran(known, start), null))
                .onFailure()
                .recoverWithItem(failure -> degraded(userId, start, failure));
    }

    private static Source ran(Known known, long start) {
        long sessions = known.segments().stream()
                .map(AttributionClient.LinkedSegment::sessionId)
                .distinct()
                .count();
        return Source.ran(LINKS, (int) sessions, UmamiLookup.millisSince(start));
    }

    private static Findings degraded(String userId, long start, Throwable failure) {
        String reason = reason(failure);
        LOG.debugf(failure, "identity links: %s", reason);
        return new Findings(
                userId, Known.NOTHING, Source.failed(LINKS, reason, UmamiLookup.millisSince(start)), reason);
    }

    private static String reason(Throwable failure) {
        if (failure instanceof CircuitBreakerOpenException) {
            return "attribution-service has not answered lately and is left alone for some seconds.";
        }
        return failure instanceof ApiException said && said.getMessage() != null
                ? said.getMessage()
                : "attribution-service does not answer.";
    }
}
