package com.vibnai.attribution.platform.security;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks tokens that read one user, or reports, for at most an hour: what a console's page may hold where a key
 * may not. The form is a contract with umami-query-service: docs/api/read-tokens.md.
 */
@Singleton
class ReadTokens {

    /** The longest that a token may be valid. */
    static final Duration MAX_TTL = Duration.ofHours(1);

    private static final String TYPE = "vibn-read+jwt";
    private static final String ISSUER = "vibn-attribution";
    private static final String AUDIENCE = "vibn-read";
    private static final String SCOPE = "scope";
    private static final String USER = "user";
    private static final String REPORTS = "reports";
    private static final int CLOCK_SKEW_SECONDS = 5;

    private final List<HmacKey> keys;
    private final List<JwtConsumer> consumers;

    ReadTokens(SecurityConfig config) {
        this.keys = config.readTokens().secrets().orElse(List.of()).stream()
                .map(secret -> new HmacKey(secret.getBytes(StandardCharsets.UTF_8)))
                .toList();
        this.consumers = keys.stream().map(ReadTokens::consumer).toList();
    }

    /**
     * What a token may read.
     *
     * @param userId this user; null for reports
     */
    record Grant(@Nullable String userId) {}

    /** A token and when it ends. */
    record Minted(String token, Instant expiresAt) {}

    boolean isOn() {
        return !keys.isEmpty();
    }

    Minted mint(Grant grant, Duration ttl, Instant now) {
        Instant expiry = Instant.ofEpochSecond(now.plus(ttl).getEpochSecond());
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(expiry.getEpochSecond()));
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setStringClaim(SCOPE, grant.userId() == null ? REPORTS : USER);
        if (grant.userId() != null) {
            claims.setSubject(grant.userId());
        }
        return new Minted(signed(claims), expiry);
    }

    /** What the token may read, if it is one of ours and not over. */
    Optional<Grant> verify(String token) {
        for (JwtConsumer consumer : consumers) {
            try {
                return grant(consumer.processToClaims(token));
            } catch (InvalidJwtException | MalformedClaimException e) {
                // Perhaps it was signed with another of the secrets.
            }
        }
        return Optional.empty();
    }

    private static Optional<Grant> grant(JwtClaims claims) throws MalformedClaimException {
        @Nullable String user = claims.getSubject();
        @Nullable String scope = claims.getStringClaimValue(SCOPE);
        if (USER.equals(scope) && user != null) {
            return Optional.of(new Grant(user));
        }
        return REPORTS.equals(scope) && user == null ? Optional.of(new Grant(null)) : Optional.empty();
    }

    private String signed(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", TYPE);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKey(keys.get(0));
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
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
