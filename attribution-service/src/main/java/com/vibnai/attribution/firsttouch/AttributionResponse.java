package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.attribution.touch.TouchResponse;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is kept of one user. */
@Schema(name = "Attribution")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttributionResponse(
        @Schema(examples = "user-42") String userId,

        @Schema(
                description = "Of the first touch; absent until a record from before channels is classified",
                examples = "Paid Search")
        @Nullable
        String channel,

        @Schema(description = "The rule that decided it", examples = "paid-search") @Nullable
        String channelRule,

        @Schema(description = "Version of the rules", examples = "ga4-2026-05.3f2a9c1d0b7e") @Nullable
        String channelRuleset,

        TouchResponse firstTouch,
        @Schema(description = "Of the last touch") @Nullable String lastChannel,
        @Nullable String lastChannelRule,
        @Nullable String lastChannelRuleset,
        @Nullable TouchResponse lastTouch,

        @Schema(
                description = "How it is known whose this is",
                enumeration = {"server", "signed", "jwt", "none"})
        String trust,

        @Schema(
                description = "Where the touch was captured",
                enumeration = {"browser", "server", "cookie", "import", "umami"})
        String source,

        @Schema(description = "Name of the key that wrote the first touch", examples = "backend") @Nullable
        String recordedBy,

        @Schema(examples = "2026-11-24T10:00:00Z") Instant signedUpAt,
        Instant createdAt,

        @Schema(description = "The direct first touch that this one replaced, if it did") @Nullable
        ReplacedResponse replaced) {}
