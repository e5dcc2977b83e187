package com.vibnai.attribution.platform.security;

import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.ProblemType;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** A token that may read one user reads that user: the {@code user_id} of the path has to be the token's. */
public final class SubjectGuard {

    private static final String USER_ID = "user_id";

    private final CurrentIdentityAssociation callers;

    SubjectGuard(CurrentIdentityAssociation callers) {
        this.callers = callers;
    }

    @ServerRequestFilter
    Uni<Void> check(UriInfo uri) {
        return callers.getDeferredIdentity()
                .invoke(caller -> check(caller, uri))
                .replaceWithVoid();
    }

    private static void check(SecurityIdentity caller, UriInfo uri) {
        @Nullable Object subject = caller.getAttribute(BearerTokens.SUBJECT);
        if (subject != null && !subject.equals(uri.getPathParameters().getFirst(USER_ID))) {
            throw ApiException.of(ProblemType.FORBIDDEN, "This token reads one user, and not this one.");
        }
    }
}
