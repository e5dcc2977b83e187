package com.vibnai.umami.sitefunnel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How far visitors came.
 *
 * @param from the first step was reached at or after it
 * @param to the first step was reached before it
 * @param windowDays from the first step to the last, at most
 * @param by what tells the groups apart
 * @param steps in order; without those that could not be counted
 * @param groups the largest first, at most 20; empty unless they are asked for
 * @param truncated whether there was more than one answer looks at, so that figures are too small
 * @param limits what was cut or left out, a sentence each
 * @param degraded whether attribution-service could not be asked
 */
@Schema(name = "SiteFunnel")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SiteFunnelResponse(
        @Schema(examples = "2026-10-26T00:00:00Z") Instant from,
        @Schema(examples = "2026-11-25T00:00:00Z") Instant to,
        @Schema(examples = "30") int windowDays,

        @Schema(enumeration = {"none", "channel", "utm_campaign"})
        String by,

        List<NamedStep> steps,
        List<Group> groups,
        boolean truncated,
        List<String> limits,
        boolean degraded) {

    /**
     * A step of all visitors.
     *
     * @param step as it was asked for
     * @param visitors who reached it
     * @param shareOfFirst of those who reached the first step; null when nobody did
     * @param shareOfPrevious of those who reached the step before; null when nobody did
     * @param medianSecondsFromPrevious lower median of the time since the step before; null for the first step
     */
    @Schema(name = "SiteFunnelStep")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record NamedStep(
            @Schema(examples = "path:/pricing") String step,
            @Schema(examples = "100") int visitors,

            @Schema(nullable = true, examples = "0.4") @Nullable
            Double shareOfFirst,

            @Schema(nullable = true, examples = "0.5") @Nullable
            Double shareOfPrevious,

            @Schema(nullable = true, examples = "86400") @Nullable
            Long medianSecondsFromPrevious) {}

    /**
     * A part of the visitors.
     *
     * @param value what they have in common; null is without one
     * @param steps in the order of all
     */
    @Schema(name = "SiteFunnelGroup")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Group(
            @Schema(nullable = true, examples = "Paid Search") @Nullable
            String value,

            List<Step> steps) {}

    /**
     * A step of a part of the visitors.
     *
     * @param visitors who reached it
     * @param shareOfFirst of those who reached the first step; null when nobody did
     * @param shareOfPrevious of those who reached the step before; null when nobody did
     * @param medianSecondsFromPrevious lower median of the time since the step before; null for the first step
     */
    @Schema(name = "SiteFunnelGroupStep")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Step(
            @Schema(examples = "40") int visitors,

            @Schema(nullable = true, examples = "0.4") @Nullable
            Double shareOfFirst,

            @Schema(nullable = true, examples = "0.5") @Nullable
            Double shareOfPrevious,

            @Schema(nullable = true, examples = "86400") @Nullable
            Long medianSecondsFromPrevious) {

        NamedStep named(String name) {
            return new NamedStep(name, visitors, shareOfFirst, shareOfPrevious, medianSecondsFromPrevious);
        }
    }
}
