package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.attribution.touch.TouchJson;
import com.vibnai.attribution.touch.TouchResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The one change a first touch may see: what stood there before, whole. Who changed it stands in the record itself. */
@Schema(name = "ReplacedTouch")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplacedResponse(
        TouchResponse touch,
        @Nullable String channel,
        @Nullable String channelRule,
        @Nullable String channelRuleset,
        @Nullable TouchResponse lastTouch,
        @Nullable String trust,
        @Nullable String source,
        @Nullable String recordedBy,
        Instant at,
        String because) {

    /** From its columns; null if nothing was replaced. */
    static @Nullable ReplacedResponse of(
            @Nullable JsonObject replaced, @Nullable Instant at, @Nullable String because) {
        if (replaced == null) {
            return null;
        }
        return new ReplacedResponse(
                TouchResponse.of(Objects.requireNonNull(TouchJson.read(replaced))),
                replaced.getString("channel"),
                replaced.getString("channel_rule"),
                replaced.getString("channel_ruleset"),
                TouchResponse.ofNullable(TouchJson.read(replaced.getJsonObject("last_touch"))),
                replaced.getString("trust"),
                replaced.getString("source"),
                replaced.getString("recorded_by"),
                Objects.requireNonNull(at),
                Objects.requireNonNull(because));
    }
}
