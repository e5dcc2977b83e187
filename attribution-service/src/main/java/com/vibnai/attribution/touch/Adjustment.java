package com.vibnai.attribution.touch;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that was sent and is kept otherwise, so that nothing is changed in silence.
 *
 * @param field name as in the body, nested with dots
 * @param what happened to it
 */
@Schema(description = "Something that was sent and is kept otherwise")
public record Adjustment(
        @Schema(examples = "utm_campaign") String field,
        @Schema(examples = "cut to 255 characters") String what) {}
