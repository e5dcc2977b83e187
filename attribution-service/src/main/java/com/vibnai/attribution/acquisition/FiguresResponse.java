package com.vibnai.attribution.acquisition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of the users who signed up.
 *
 * @param signups users who signed up
 * @param convertedUsers those of them with a conversion, whenever it happened
 * @param conversions all conversions of these
 * @param conversionRate converted users by signups; null without a signup
 * @param revenue sums by currency
 * @param medianSecondsToSignup from the first touch to the signup, two significant digits; null if no time is known
 * @param medianSecondsToConversion from the signup to the first conversion, likewise
 */
@Schema(name = "Figures")
@JsonInclude(JsonInclude.Include.ALWAYS)
record FiguresResponse(
        @Schema(examples = "10") long signups,
        @Schema(examples = "3") long convertedUsers,
        @Schema(examples = "5") long conversions,
        @Schema(examples = "0.3") @Nullable Double conversionRate,
        List<RevenueResponse> revenue,
        @Schema(examples = "86000") @Nullable Long medianSecondsToSignup,
        @Schema(examples = "190000") @Nullable Long medianSecondsToConversion) {}
