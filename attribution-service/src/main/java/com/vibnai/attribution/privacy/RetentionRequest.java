package com.vibnai.attribution.privacy;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/retention-runs}.
 *
 * @param days records of signups longer ago; default and only choice of a run that is not dry: the configured days
 * @param dryRun whether to count only
 */
@Schema(name = "RetentionRequest")
record RetentionRequest(
        @Schema(examples = "730") @Min(1) @Max(36500) @Nullable
        Integer days,

        @Schema(defaultValue = "true") @Nullable Boolean dryRun) {

    boolean isDry() {
        return !Boolean.FALSE.equals(dryRun);
    }
}
