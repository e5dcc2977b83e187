package com.vibnai.attribution.conversion;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Answer to a conversion: what is stored, and whether this call stored it. */
@Schema(name = "ConversionResult")
public record ConversionResult(
        @Schema(description = "Whether this call made it; false when the key was known with the same content")
        boolean created,

        @JsonUnwrapped ConversionResponse conversion) {}
