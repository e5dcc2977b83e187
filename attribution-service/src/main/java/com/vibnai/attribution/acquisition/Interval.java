package com.vibnai.attribution.acquisition;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** How a report's time is cut into periods. */
enum Interval {
    DAY,
    WEEK,
    MONTH,
    NONE;

    /** The first day of the period that this day is in. */
    LocalDate begin(LocalDate day) {
        return switch (this) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case DAY, NONE -> day;
        };
    }

    /** The first day of the period after the one that begins with {@code begin}; {@code end} if there is but one. */
    LocalDate next(LocalDate begin, LocalDate end) {
        return switch (this) {
            case DAY -> begin.plusDays(1);
            case WEEK -> begin.plusWeeks(1);
            case MONTH -> begin.plusMonths(1);
            case NONE -> end;
        };
    }
}
