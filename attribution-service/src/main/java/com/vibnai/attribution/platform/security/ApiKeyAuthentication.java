package com.vibnai.attribution.platform.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code Authorization: Bearer <server key, read token or OpenID Connect token>}, or {@code ?key=<publishable key>} from a page: a query parameter, because a
 * header of our own would cost each signup a CORS preflight and cannot be sent by a beacon. A server key in the address
 * would end in logs, so it is refused there.
 */
@Singleton
public class ApiKeyAuthentication implements HttpAuthenticationMechanism {

    /** Query parameter of a publishable key. */
    public static final String KEY_PARAMETER = "key";

    private final ApiKeys keys;
    private final BearerTokens tokens;

    ApiKeyAuthentication(ApiKeys keys, BearerTokens tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        if (context.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
            @Nullable String credential = Bearer.of(context.request());
            return credential == null ? failed() : bearer(credential);
        }
        String key = publishableKey(context);
        if (key != null) {
            return keys.isPublishable(key) ? identity("publishable", Set.of(Scope.BROWSER_ROLE)) : failed();
        }
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    private static @Nullable String publishableKey(RoutingContext context) {
        return context.queryParam(KEY_PARAMETER).stream().findFirst().orElse(null);
    }

    private Uni<SecurityIdentity> bearer(String credential) {
        return keys.find(credential)
                .map(known -> identity(known.name(), known.roles()))
                .orElseGet(() -> Bearer.isToken(credential) ? token(credential) : failed());
    }

    private Uni<SecurityIdentity> token(String token) {
        return tokens.identify(token).map(identity -> identity.orElseThrow(AuthenticationFailedException::new));
    }

    private static Uni<SecurityIdentity> identity(String name, Set<String> roles) {
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal(name))
                        .addRoles(roles)
                        .build());
    }

    private static Uni<SecurityIdentity> failed() {
        return Uni.createFrom().failure(new AuthenticationFailedException());
    }
}
