package com.vibnai.umami.platform.security;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;

/**
 * Checks tokens that attribution-service makes for a console's page: they read one user, or reports, for at most an hour.
 * Their form is a contract: docs/api/read-tokens.md.
 */
@Singleton
class ReadTokens {

    private static final Duration MAX_TTL = Duration.ofHours(1);
    private static final String TYPE = "vibn-read+jwt";
    private static final String ISSUER = "vibn-attribution";
    private static final String AUDIENCE = "vibn-read";
    private static final String SCOPE = "scope";
    private static final String USER = "user";
    private static final String REPORTS = "reports";
    private static final int CLOCK_SKEW_SECONDS = 5;

    private final List<JwtConsumer> consumers;

    ReadTokens(SecurityConfig config) {
        this.consumers = config.readTokens().secrets().orElse(List.of()).stream()
                .map(secret -> consumer(new HmacKey(secret.getBytes(StandardCharsets.UTF_8))))
                .toList();
    }

    /**
     * A caller with such a token.
     *
     * @param userId the one user that it reads, if it reads one
     * @param reports whether it reads reports
     */
    record Grant(Optional<String> userId, boolean reports) {}

    /** What the token may read, if it is a valid one. */
    Optional<Grant> verify(String token) {
        for (JwtConsumer consumer : consumers) {
            try {
                return Optional.of(grant(consumer.processToClaims(token)));
            } catch (InvalidJwtException | MalformedClaimException e) {
                // Perhaps it was signed with another of the secrets.
            }
        }
        return Optional.empty();
    }

    private static Grant grant(JwtClaims claims) throws MalformedClaimException {
        String scope = claims.getStringClaimValue(SCOPE);
        return USER.equals(scope)
                ? new Grant(Optional.ofNullable(claims.getSubject()), false)
                : new Grant(Optional.empty(), REPORTS.equals(scope));
    }

    private static JwtConsumer consumer(HmacKey key) {
        return new JwtConsumerBuilder()
                .setExpectedType(true, TYPE)
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(AUDIENCE)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setMaxFutureValidityInMinutes((int) MAX_TTL.toMinutes())
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setJwsAlgorithmConstraints(
                        AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
                .setVerificationKey(key)
                .build();
    }
}
