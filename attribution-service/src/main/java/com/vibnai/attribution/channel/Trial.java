package com.vibnai.attribution.channel;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One rule that was tried on a touch. */
@Schema(name = "RuleTrial", description = "One rule that was tried")
public record Trial(
        @Schema(examples = "paid-search") String rule,
        @Schema(examples = "Paid Search") String channel,
        boolean matched,

        @Schema(examples = "source `google` is a search engine; medium `cpc` matches ^(.*cp.*|ppc|retargeting|paid.*)$")
        String because) {}
