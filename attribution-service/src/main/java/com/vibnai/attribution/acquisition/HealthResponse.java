package com.vibnai.attribution.acquisition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How many signups say where they come from.
 *
 * @param from first day
 * @param to the day after the last
 * @param timeZone whose days they are
 * @param signups of this time
 * @param attributed those with a first touch that is not direct
 * @param share of attributed signups; null without a signup
 * @param paths the same by the way in which signups come, the largest first
 * @param missing why others are not attributed, the most frequent first
 * @param baseline the four weeks before
 * @param dropped whether the share is clearly lower than then
 */
@Schema(name = "HealthReport")
@JsonInclude(JsonInclude.Include.ALWAYS)
record HealthResponse(
        @Schema(examples = "2026-10-01") LocalDate from,
        @Schema(examples = "2026-11-01") LocalDate to,
        @Schema(examples = "Europe/Berlin") String timeZone,
        @Schema(examples = "100") long signups,
        @Schema(examples = "88") long attributed,
        @Schema(examples = "0.88") @Nullable Double share,
        List<Path> paths,
        List<Missing> missing,
        Baseline baseline,
        boolean dropped) {

    /**
     * Signups that came in one way.
     *
     * @param source browser, server, cookie, import or umami
     * @param trust how the user id was proven
     * @param signups of this way
     * @param attributed those with a first touch that is not direct
     * @param share of these
     */
    @Schema(name = "HealthOfPath")
    record Path(
            @Schema(examples = "browser") @Nullable String source,
            @Schema(examples = "signed") @Nullable String trust,
            @Schema(examples = "60") long signups,
            @Schema(examples = "57") long attributed,
            @Schema(examples = "0.95") double share) {}

    /**
     * Signups that are not attributed.
     *
     * @param reason as far as the record tells
     * @param signups how many
     */
    @Schema(name = "MissingAttribution")
    record Missing(
            @Schema(examples = "server_without_touch") String reason,
            @Schema(examples = "9") long signups) {}

    /**
     * The four weeks before.
     *
     * @param from first day
     * @param to the day after the last
     * @param signups of this time
     * @param share of attributed signups; null without a signup
     */
    @Schema(name = "HealthBaseline")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Baseline(
            @Schema(examples = "2026-09-03") LocalDate from,
            @Schema(examples = "2026-10-01") LocalDate to,
            @Schema(examples = "400") long signups,
            @Schema(examples = "0.9") @Nullable Double share) {}
}
