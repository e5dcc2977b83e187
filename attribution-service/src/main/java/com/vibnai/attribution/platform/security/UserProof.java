package com.vibnai.attribution.platform.security;

import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides how far a caller's word about a user id goes. A server key is believed; a page has to show the application's
 * signature: lower-case hexadecimal HMAC-SHA256 of the user id's UTF-8 bytes with one of the signing secrets.
 */
@Singleton
public class UserProof {

    private static final String ALGORITHM = "HmacSHA256";

    private final List<String> secrets;
    private final SecurityConfig.Proof proof;

    UserProof(SecurityConfig config) {
        this.secrets = config.browser().signingSecrets().orElse(List.of());
        this.proof = config.browser().proof();
    }

    /** The trust that a record about {@code userId} deserves; 403 if a page has no right to write about that user. */
    public Trust check(SecurityIdentity caller, String userId, @Nullable String signature) {
        if (!caller.hasRole(Scope.BROWSER_ROLE)) {
            return Trust.SERVER;
        }
        if (signature == null && proof == SecurityConfig.Proof.OPTIONAL) {
            return Trust.NONE;
        }
        if (signature == null || !isSigned(userId, signature)) {
            throw ApiException.of(
                    ProblemType.FORBIDDEN,
                    "A page has to prove the user id: signature = hex(HMAC-SHA256(signing secret, user_id)), made by your server.");
        }
        return Trust.SIGNED;
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
