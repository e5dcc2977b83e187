package com.vibnai.attribution.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.attribution.touch.Adjustment;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a touch would be found to be, and why. */
@Schema(name = "Classification")
record ClassifyResponse(
        @Schema(examples = "Paid Search") String channel,
        @Schema(examples = "paid-search") String channelRule,
        @Schema(examples = "ga4-2026-05.3f2a9c1d0b7e") String channelRuleset,

        @Schema(description = "Nothing says where the visitor came from")
        boolean direct,

        @Schema(description = "The rules that were tried, in order, up to the one that decided")
        List<Trial> tried,

        @Schema(description = "What of this touch would be kept otherwise than sent")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Adjustment> adjustments) {}
