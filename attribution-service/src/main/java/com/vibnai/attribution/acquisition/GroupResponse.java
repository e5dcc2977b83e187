package com.vibnai.attribution.acquisition;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A group of a report. Sides that were not asked for are null.
 *
 * @param value what its touches have in common; null for those without one
 * @param first by first touch
 * @param last by last touch
 * @param previousFirst by first touch, in the previous period
 * @param previousLast by last touch, in the previous period
 * @param trend by period
 */
@Schema(name = "AcquisitionGroup")
@JsonInclude(JsonInclude.Include.ALWAYS)
record GroupResponse(
        @Schema(examples = "Paid Search") @Nullable String value,
        @Nullable FiguresResponse first,
        @Nullable FiguresResponse last,
        @Nullable FiguresResponse previousFirst,
        @Nullable FiguresResponse previousLast,
        TrendResponse trend) {}
