package com.vibnai.attribution.platform.audit;

import com.vibnai.attribution.platform.json.StorableText;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Writes audited calls to the log before they are answered. Calls of nobody that is known are not: anyone can make those. */
public final class AuditFilter {

    private static final Logger LOG = Logger.getLogger(AuditFilter.class);
    private static final String USER_ID = "user_id";

    private final AuditLog log;
    private final CurrentIdentityAssociation callers;

    AuditFilter(AuditLog log, CurrentIdentityAssociation callers) {
        this.log = log;
        this.callers = callers;
    }

    @ServerResponseFilter
    Uni<Void> record(
            @Nullable ResourceInfo resource, ContainerRequestContext request, ContainerResponseContext response) {
        // What is refused before a method is found (a header that is no media type, for one) has no resource.
        @Nullable Method method = resource == null ? null : resource.getResourceMethod();
        @Nullable Audited audited = method == null ? null : method.getAnnotation(Audited.class);
        if (audited == null) {
            return Uni.createFrom().voidItem();
        }
        @Nullable String userId = request.getUriInfo().getPathParameters().getFirst(USER_ID);
        return callers.getDeferredIdentity()
                .flatMap(caller -> write(caller, audited.value(), response.getStatus(), userId))
                .onFailure(AuthenticationFailedException.class)
                .recoverWithNull()
                .onFailure()
                .invoke(e -> LOG.errorf("the audit log misses a call of %s: %s", audited.value(), e.getClass()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> write(SecurityIdentity caller, String action, int status, @Nullable String userId) {
        if (caller.isAnonymous()) {
            return Uni.createFrom().voidItem();
        }
        boolean known = userId != null && StorableText.Check.isStorable(userId);
        return log.write(caller.getPrincipal().getName(), action, status, known ? userId : null);
    }
}
