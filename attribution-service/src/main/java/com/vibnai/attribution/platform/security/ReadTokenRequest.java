package com.vibnai.attribution.platform.security;

import com.vibnai.attribution.platform.json.StorableText;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/read-tokens}: either a user or reports.
 *
 * @param userId the user whom the token may read
 * @param reports whether the token may read reports instead
 * @param ttlSeconds how long it is valid
 */
@Schema(name = "ReadTokenRequest")
record ReadTokenRequest(
        @Schema(examples = "user-42", description = "The one user whom the token may read")
        @Size(min = 1, max = 255)
        @StorableText
        @Nullable
        String userId,

        @Schema(description = "true for a token that reads reports and no user") @Nullable
        Boolean reports,

        @Schema(examples = "900", defaultValue = "900") @Min(1) @Max(3600) @Nullable
        Integer ttlSeconds) {

    private static final int DEFAULT_SECONDS = 900;

    @Schema(hidden = true)
    @AssertTrue(message = "either user_id or reports is needed, not both")
    boolean isOneOfBoth() {
        return (userId == null) == Boolean.TRUE.equals(reports);
    }

    ReadTokens.Grant grant() {
        return new ReadTokens.Grant(userId);
    }

    Duration ttl() {
        return Duration.ofSeconds(ttlSeconds == null ? DEFAULT_SECONDS : ttlSeconds);
    }
}
