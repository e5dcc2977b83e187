package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Answer to a signup: the record as it stands now, and what this call did to it. */
@Schema(name = "SignupResult")
public record SignupResponse(
        @Schema(description = "Whether this call made the record")
        boolean created,

        Outcome outcome,
        @JsonUnwrapped AttributionResponse attribution) {}
