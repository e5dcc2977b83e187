package com.vibnai.umami.identity;

import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.source.Segment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Asks attribution-service which sessions are a user's. */
@ApplicationScoped
public class IdentityService {

    /** Sessions to a page: the most that attribution-service gives. */
    private static final int PAGE = 500;

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final AttributionClient attribution;
    private final String bearer;

    IdentityService(@RestClient AttributionClient attribution, AttributionConfig config) {
        this.attribution = attribution;
        this.bearer = "Bearer " + config.apiKey();
    }

    /** The user's segments and signup; 503 if attribution-service does not answer. */
    public Uni<Identity> of(String userId) {
        Uni<List<Segment>> segments = segments(userId, null, new ArrayList<>());
        return Uni.combine()
                .all()
                .unis(segments, signup(userId))
                .with((found, signedUp) -> new Identity(found, signedUp.orElse(null)))
                .onFailure(ProcessingException.class)
                .transform(e -> ApiException.unavailable("attribution-service does not answer; try again.", RETRY));
    }

    private Uni<List<Segment>> segments(String userId, @Nullable String cursor, List<Segment> before) {
        return attribution.segments(bearer, userId, PAGE, cursor).flatMap(page -> {
            before.addAll(page.items());
            return page.nextCursor() == null
                    ? Uni.createFrom().item(before)
                    : segments(userId, page.nextCursor(), before);
        });
    }

    private Uni<Optional<Instant>> signup(String userId) {
        return attribution
                .signup(bearer, userId)
                .map(signup -> Optional.of(signup.signedUpAt()))
                .onFailure(IdentityService::isUnknown)
                .recoverWithItem(Optional.empty());
    }

    private static boolean isUnknown(Throwable e) {
        return e instanceof ApiException refused && refused.isNotFound();
    }
}
