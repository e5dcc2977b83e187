package com.vibnai.attribution.platform.security;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.http.Get;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies the tokens of one issuer against its published keys: signature, issuer, audience if one is set, subject and
 * expiry. The keys are fetched when first needed, kept, and fetched again for a key id that is not known; that takes a
 * worker thread, never the event loop.
 */
final class Tokens {

    private static final Logger LOG = Logger.getLogger(Tokens.class);

    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int KEPT_SECONDS = 600;
    private static final long REFRESH_AT_MOST_EVERY_MILLIS = 10_000;

    /** Only signatures by a private key: with a shared secret, or none, whoever knows the public key could sign. */
    private static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    private final Vertx vertx;
    private final JwtConsumer consumer;

    private Tokens(Vertx vertx, SecurityConfig.Issuer issuer, String name) {
        this.vertx = vertx;
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setExpectedIssuer(name)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setJwsAlgorithmConstraints(ALGORITHMS)
                .setVerificationKeyResolver(keys(issuer, name));
        issuer.audience()
                .ifPresentOrElse(
                        audience -> builder.setExpectedAudience(audience.toArray(String[]::new)),
                        builder::setSkipDefaultAudienceValidation);
        this.consumer = builder.build();
    }

    /** For the issuer, if one is configured. */
    static Optional<Tokens> of(Vertx vertx, SecurityConfig.Issuer issuer) {
        return issuer.issuer().map(name -> new Tokens(vertx, issuer, name));
    }

    /** The claims of a token that this issuer made and that is still valid; empty otherwise. */
    Uni<Optional<JwtClaims>> verify(String token) {
        return vertx.executeBlocking(() -> claims(token), false);
    }

    private Optional<JwtClaims> claims(String token) {
        try {
            return Optional.of(consumer.processToClaims(token));
        } catch (InvalidJwtException e) {
            if (e.getCause() instanceof UnresolvableKeyException) {
                // The message of the cause quotes parts of the token.
                LOG.warn("a token names a key that the issuer does not publish, or its keys cannot be fetched");
            }
            return Optional.empty();
        }
    }

    private static HttpsJwksVerificationKeyResolver keys(SecurityConfig.Issuer issuer, String name) {
        HttpsJwks jwks = new HttpsJwks(issuer.jwksUrl()
                .orElseThrow(() -> new IllegalStateException("The issuer " + name + " needs a jwks-url.")));
        Get get = new Get();
        get.setConnectTimeout(TIMEOUT_MILLIS);
        get.setReadTimeout(TIMEOUT_MILLIS);
        get.setRetries(0);
        jwks.setSimpleHttpGet(get);
        jwks.setDefaultCacheDuration(KEPT_SECONDS);
        jwks.setRetainCacheOnErrorDuration(KEPT_SECONDS);
        jwks.setRefreshReprieveThreshold(REFRESH_AT_MOST_EVERY_MILLIS);
        return new HttpsJwksVerificationKeyResolver(jwks);
    }
}
