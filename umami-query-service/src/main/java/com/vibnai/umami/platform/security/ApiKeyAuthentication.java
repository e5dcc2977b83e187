package com.vibnai.umami.platform.security;

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

/** {@code Authorization: Bearer <key>}, or a token that reads one user or reports. */
@Singleton
public class ApiKeyAuthentication implements HttpAuthenticationMechanism {

    private static final String BEARER = "Bearer ";

    private final ApiKeys keys;
    private final ReadTokens tokens;

    ApiKeyAuthentication(ApiKeys keys, ReadTokens tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? known(header.substring(BEARER.length()).trim())
                : failed();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    private Uni<SecurityIdentity> known(String key) {
        return keys.find(key)
                .map(known -> identity(known.name(), known.roles()))
                .or(() -> tokens.verify(key).map(ApiKeyAuthentication::reader))
                .orElseGet(ApiKeyAuthentication::failed);
    }

    private static Uni<SecurityIdentity> identity(String name, Set<String> roles) {
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal(name))
                        .addRoles(roles)
                        .build());
    }

    /** With neither a user nor reports nothing here may be read. */
    private static Uni<SecurityIdentity> reader(ReadTokens.Grant grant) {
        QuarkusSecurityIdentity.Builder identity =
                QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal("read-token"));
        if (grant.reports()) {
            identity.addRole(Scope.REPORTS_ROLE);
        }
        grant.userId().ifPresent(user -> identity.addRole(Scope.USER_READ_ROLE).addAttribute(OneUser.SUBJECT, user));
        return Uni.createFrom().item(identity.build());
    }

    private static Uni<SecurityIdentity> failed() {
        return Uni.createFrom().failure(new AuthenticationFailedException());
    }
}
