package com.vibnai.attribution.platform.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One call.
 *
 * @param auditId grows with time
 * @param at when
 * @param actor name of the key, or a digest of the person
 * @param action what
 * @param status what was answered
 * @param subject keyed hash of the user whom it was about
 */
@Schema(name = "AuditEntry")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        long auditId,
        Instant at,
        @Schema(examples = "admin") String actor,
        @Schema(examples = "erase_user") String action,
        @Schema(examples = "204") int status,
        @Nullable String subject) {}
