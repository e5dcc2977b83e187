package com.vibnai.attribution.platform.security;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A token for reading.
 *
 * @param token to send as {@code Authorization: Bearer}
 * @param expiresAt when it ends
 */
@Schema(name = "ReadToken")
public record ReadTokenResponse(
        String token,
        @Schema(examples = "2026-11-24T10:15:00Z") Instant expiresAt) {}
