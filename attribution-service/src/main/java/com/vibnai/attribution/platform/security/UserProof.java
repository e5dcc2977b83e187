package com.vibnai.attribution.platform.security;

import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides how far a caller's word about a user id goes. A server key is believed; a page has to show the application's
 * signature (lower-case hexadecimal HMAC-SHA256 of the user id's UTF-8 bytes with one of the signing secrets) or token (a JSON
 * Web Token of the configured issuer whose {@code sub} is the user id).
 */
@Singleton
public class UserProof {

    private static final String ALGORITHM = "HmacSHA256";

    private final List<String> secrets;
    private final SecurityConfig.Proof proof;

    private final Optional<Tokens> tokens;

    UserProof(SecurityConfig config, Vertx vertx) {
        this.tokens = Tokens.of(vertx, config.browser().token());
        this.secrets = config.browser().signingSecrets().orElse(List.of());
        this.proof = config.browser().proof();
    }

    /**
     * The trust that a record about {@code userId} deserves; fails with 403 if a page has no right to write about that
     * user. A token is looked at where there is no signature.
     */
    public Uni<Trust> check(
            SecurityIdentity caller, String userId, @Nullable String signature, @Nullable String token) {
        if (!caller.hasRole(Scope.BROWSER_ROLE)) {
            return Uni.createFrom().item(Trust.SERVER);
        }
        if (signature != null) {
            return Uni.createFrom().item(() -> trusted(isSigned(userId, signature), Trust.SIGNED));
        }
        if (token != null && tokens.isPresent()) {
            return tokens.get()
                    .verify(token)
                    .map(claims -> trusted(
                            claims.filter(known -> userId.equals(known.getClaimValueAsString("sub")))
                                    .isPresent(),
                            Trust.JWT));
        }
        return Uni.createFrom().item(() -> trusted(proof == SecurityConfig.Proof.OPTIONAL, Trust.NONE));
    }

    private static Trust trusted(boolean proven, Trust trust) {
        if (!proven) {
            throw ApiException.of(
                    ProblemType.FORBIDDEN,
                    "A page has to prove the user id with what your server made: signature ="
                            + " hex(HMAC-SHA256(signing secret, user_id)), or token = a JSON Web Token whose sub it is.");
        }
        return trust;
    }

    private boolean isSigned(String userId, String signature) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        boolean signed = false;
        for (String secret : secrets) {
            byte[] expected = HexFormat.of().formatHex(hmac(secret, userId)).getBytes(StandardCharsets.UTF_8);
            signed |= MessageDigest.isEqual(expected, given);
        }
        return signed;
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
