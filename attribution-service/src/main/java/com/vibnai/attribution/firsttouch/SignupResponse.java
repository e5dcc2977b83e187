package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.vibnai.attribution.touch.Adjustment;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Answer to a signup: the record as it stands now, and what this call did to it. */
@Schema(name = "SignupResult")
public record SignupResponse(
        @Schema(description = "Whether this call made the record")
        boolean created,

        Outcome outcome,

        @Schema(description = "What of this call is kept otherwise than sent")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Adjustment> adjustments,

        @JsonUnwrapped AttributionResponse attribution) {}
