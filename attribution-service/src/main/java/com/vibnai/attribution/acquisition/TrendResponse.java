package com.vibnai.attribution.acquisition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a group went, one number a period.
 *
 * @param first by first touch
 * @param last by last touch
 */
@Schema(name = "Trend")
@JsonInclude(JsonInclude.Include.ALWAYS)
record TrendResponse(@Nullable Series first, @Nullable Series last) {

    /**
     * Of one touch.
     *
     * @param signups users who signed up
     * @param convertedUsers those of them with a conversion
     */
    @Schema(name = "TrendOfTouch")
    record Series(
            @Schema(examples = "[3, 4]") List<Integer> signups,
            @Schema(examples = "[0, 1]") List<Integer> convertedUsers) {}
}
