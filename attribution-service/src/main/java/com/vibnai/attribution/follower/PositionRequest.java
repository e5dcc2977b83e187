package com.vibnai.attribution.follower;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT /v1/followers/{name}}.
 *
 * @param holder who holds the lease
 * @param version of the follower as the holder knows it
 * @param position how far it has come, in its own words
 */
@Schema(name = "FollowerPosition")
public record PositionRequest(
        @Schema(examples = "umami-query-7d9f-x2x1") @NotBlank @Size(max = 100) @Nullable
        String holder,

        @Schema(examples = "17") @NotNull @Nullable Long version,

        @Schema(examples = "{\"session_data\":\"2026-11-24T09:30:00Z\"}") @NotNull @Nullable
        Map<String, Object> position) {}
