package com.vibnai.attribution.acquisition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Users who signed up in a time, by what brought them.
 *
 * @param by what the groups are
 * @param touch which touch
 * @param interval of the periods
 * @param timeZone whose days they are
 * @param from first day
 * @param to the day after the last
 * @param periods first day of each period; of weeks and months it may lie before {@code from}
 * @param totals of all signups that pass the filters; by first touch if both are asked for
 * @param previous the time before
 * @param groups the largest first
 * @param other all other groups together
 * @param generatedAt when
 */
@Schema(name = "AcquisitionReport")
@JsonInclude(JsonInclude.Include.ALWAYS)
record AcquisitionResponse(
        @Schema(examples = "channel") String by,
        @Schema(examples = "both") String touch,
        @Schema(examples = "week") String interval,
        @Schema(examples = "Europe/Berlin") String timeZone,
        @Schema(examples = "2026-10-01") LocalDate from,
        @Schema(examples = "2026-11-01") LocalDate to,

        @Schema(examples = "[\"2026-09-28\", \"2026-10-05\"]")
        List<LocalDate> periods,

        FiguresResponse totals,
        @Nullable Previous previous,
        List<GroupResponse> groups,
        @Nullable OtherResponse other,
        @Schema(examples = "2026-11-25T21:00:00Z") Instant generatedAt) {

    /**
     * The time before.
     *
     * @param from first day
     * @param to the day after the last
     * @param totals of all signups that pass the filters
     */
    @Schema(name = "PreviousTotals")
    record Previous(
            @Schema(examples = "2026-09-01") LocalDate from,
            @Schema(examples = "2026-10-01") LocalDate to,
            FiguresResponse totals) {}
}
