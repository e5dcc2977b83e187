package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is kept of one user. */
@Schema(name = "Attribution")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttributionResponse(
        @Schema(examples = "user-42") String userId,
        TouchResponse firstTouch,
        @Nullable TouchResponse lastTouch,

        @Schema(
                description = "How it is known whose this is",
                enumeration = {"server", "signed", "jwt", "none"})
        String trust,

        @Schema(
                description = "Where the touch was captured",
                enumeration = {"browser", "server", "cookie", "import", "umami"})
        String source,

        @Schema(examples = "2026-11-24T10:00:00Z") Instant signedUpAt,
        Instant createdAt,

        @Schema(description = "The direct first touch that this one replaced, if it did") @Nullable
        Replaced replaced) {

    /** The one change a first touch may see. */
    @Schema(name = "ReplacedTouch")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Replaced(TouchResponse touch, Instant at, String because) {}
}
