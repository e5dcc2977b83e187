package com.vibnai.attribution.follower;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/followers/{name}/lease}.
 *
 * @param holder which replica asks, by a name of its own
 * @param seconds for how long, from now
 */
@Schema(name = "FollowerLease")
public record LeaseRequest(
        @Schema(examples = "umami-query-7d9f-x2x1") @NotBlank @Size(max = 100) @Nullable
        String holder,

        @Schema(examples = "30") @NotNull @Min(1) @Max(3600) @Nullable
        Integer seconds) {}
