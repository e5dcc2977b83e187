package com.vibnai.attribution.acquisition;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The groups that are not in the answer, together.
 *
 * @param groups how many they are
 * @param first by first touch
 * @param last by last touch
 * @param previousFirst by first touch, in the previous period
 * @param previousLast by last touch, in the previous period
 * @param trend by period
 */
@Schema(name = "AcquisitionOther")
@JsonInclude(JsonInclude.Include.ALWAYS)
record OtherResponse(
        @Schema(examples = "12") int groups,
        @Nullable FiguresResponse first,
        @Nullable FiguresResponse last,
        @Nullable FiguresResponse previousFirst,
        @Nullable FiguresResponse previousLast,
        TrendResponse trend) {}
