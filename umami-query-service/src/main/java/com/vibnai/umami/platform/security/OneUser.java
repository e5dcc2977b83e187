package com.vibnai.umami.platform.security;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Whoever comes with a token for one user reads that user and nobody else. */
public final class OneUser {

    /** Attribute of an identity that may read one user: that user's id. */
    static final String SUBJECT = "vibn.subject";

    private final CurrentIdentityAssociation identities;

    OneUser(CurrentIdentityAssociation identities) {
        this.identities = identities;
    }

    @ServerRequestFilter
    Uni<Void> refuseOthers(UriInfo uri) {
        String asked = uri.getPathParameters().getFirst("user_id");
        return identities
                .getDeferredIdentity()
                .flatMap(identity -> mayRead(identity, asked)
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(new ForbiddenException()));
    }

    private static boolean mayRead(SecurityIdentity identity, @Nullable String asked) {
        String subject = identity.getAttribute(SUBJECT);
        return subject == null || subject.equals(asked);
    }
}
