package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.platform.problem.FieldError;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Days of a time zone.
 *
 * @param from the first
 * @param to the day after the last
 * @param zone whose days
 */
record TimeRange(LocalDate from, LocalDate to, ZoneId zone) {

    /** Since then every zone's days begin at a quarter of an hour. */
    static final LocalDate EARLIEST = LocalDate.of(1980, 1, 1);

    private static final int DEFAULT_DAYS = 30;

    /** Reads the parameters; what is wrong goes to {@code errors}, and the answer is then of no use. */
    static TimeRange parse(
            @Nullable String from,
            @Nullable String to,
            @Nullable String timeZone,
            Clock clock,
            List<FieldError> errors) {
        ZoneId zone = zone(timeZone, errors);
        LocalDate givenFrom = date("from", from, errors);
        LocalDate givenTo = date("to", to, errors);
        LocalDate until = givenTo == null ? LocalDate.now(clock.withZone(zone)).plusDays(1) : givenTo;
        LocalDate begin = givenFrom == null ? until.minusDays(DEFAULT_DAYS) : givenFrom;
        if (errors.isEmpty() && !begin.isBefore(until)) {
            errors.add(new FieldError("from", "has to be before to"));
        }
        return new TimeRange(begin, until, zone);
    }

    /** As many days right before; as many months, if these are whole ones. */
    TimeRange previous() {
        if (from.getDayOfMonth() == 1 && to.getDayOfMonth() == 1) {
            return new TimeRange(from.minusMonths(Period.between(from, to).toTotalMonths()), from, zone);
        }
        return new TimeRange(from.minusDays(ChronoUnit.DAYS.between(from, to)), from, zone);
    }

    String zoneName() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    Periods periods(Interval interval) {
        return Periods.of(from, to, interval, zone);
    }

    private static ZoneId zone(@Nullable String name, List<FieldError> errors) {
        if (name == null) {
            return ZoneOffset.UTC;
        }
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            errors.add(new FieldError("time_zone", "has to be a time zone's IANA name, like Europe/Berlin"));
            return ZoneOffset.UTC;
        }
        return ZoneId.of(name);
    }

    private static @Nullable LocalDate date(String field, @Nullable String text, List<FieldError> errors) {
        try {
            LocalDate date = text == null ? null : LocalDate.parse(text);
            if (date == null || (!date.isBefore(EARLIEST) && date.getYear() <= 9999)) {
                return date;
            }
        } catch (DateTimeException e) {
            // Said below, like a day out of bounds.
        }
        errors.add(new FieldError(field, "has to be a day like 2026-11-24, not before " + EARLIEST));
        return null;
    }
}
