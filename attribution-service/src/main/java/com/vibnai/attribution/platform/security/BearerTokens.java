package com.vibnai.attribution.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/** Who a JSON Web Token stands for: the page of a console, by a read token, or an administrator, by OpenID Connect. */
@Singleton
class BearerTokens {

    /** Attribute of an identity that may read one user: that user's id. */
    static final String SUBJECT = "vibn.subject";

    private static final int NAME_DIGITS = 16;

    private final ReadTokens readTokens;
    private final Optional<Tokens> oidc;
    private final SecurityConfig.Oidc config;

    BearerTokens(ReadTokens readTokens, SecurityConfig config, Vertx vertx) {
        this.readTokens = readTokens;
        this.config = config.oidc();
        this.oidc = Tokens.of(vertx, this.config);
    }

    /** The identity; empty if the token is not one that we accept. */
    Uni<Optional<SecurityIdentity>> identify(String token) {
        Optional<SecurityIdentity> reading = readTokens.verify(token).map(BearerTokens::reader);
        if (reading.isPresent() || oidc.isEmpty()) {
            return Uni.createFrom().item(reading);
        }
        return oidc.get().verify(token).map(claims -> claims.map(this::person));
    }

    private static SecurityIdentity reader(ReadTokens.Grant grant) {
        QuarkusSecurityIdentity.Builder identity =
                QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal("read-token"));
        return grant.userId() == null
                ? identity.addRole(Scope.REPORTS_ROLE).build()
                : identity.addRole(Scope.USER_READ_ROLE)
                        .addAttribute(SUBJECT, grant.userId())
                        .build();
    }

    /** The name stands in the audit log, so it is a digest of the person's id and not the id. */
    private SecurityIdentity person(JwtClaims claims) {
        String id = ApiKeys.sha256(claims.getClaimValueAsString("iss") + " " + claims.getClaimValueAsString("sub"));
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("oidc:" + id.substring(0, NAME_DIGITS)))
                .addRoles(granted(claims))
                .build();
    }

    private Set<String> granted(JwtClaims claims) {
        return roles(claims)
                .flatMap(role -> config.roles().getOrDefault(role, Set.of()).stream())
                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private Stream<String> roles(JwtClaims claims) {
        @Nullable Object value = claims.getClaimsMap();
        for (String step : config.rolesClaim().split("\\.", -1)) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        if (value instanceof Collection<?> roles) {
            return roles.stream().map(String::valueOf);
        }
        return value instanceof String text ? Stream.of(text.split(" ", -1)) : Stream.empty();
    }
}
