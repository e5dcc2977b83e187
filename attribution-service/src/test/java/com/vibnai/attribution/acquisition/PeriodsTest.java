package com.vibnai.attribution.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodsTest {

    @Test
    void beginAtAQuarterOfAnHourInEveryZone() {
        long earliest = TimeRange.EARLIEST.minusDays(1).toEpochDay();
        for (String name : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(name);
            // A day begins as its neighbours do, unless the zone's time changes.
            Stream.concat(
                            Stream.of(TimeRange.EARLIEST),
                            Stream.iterate(
                                            zone.getRules().nextTransition(Instant.ofEpochSecond(earliest * 86_400)),
                                            change -> change != null
                                                    && change.getDateTimeBefore()
                                                                    .getYear()
                                                            < 2040,
                                            change -> zone.getRules().nextTransition(change.getInstant()))
                                    .map(change -> change.getDateTimeBefore().toLocalDate()))
                    .flatMap(day -> Stream.of(day.minusDays(1), day, day.plusDays(1), day.plusDays(2)))
                    .filter(day -> !day.isBefore(TimeRange.EARLIEST))
                    .forEach(day -> assertThat(day.atStartOfDay(zone).toEpochSecond() % Periods.QUARTER.toSeconds())
                            .as("%s in %s", day, name)
                            .isZero());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,2026-03-29,92",
        "Europe/Berlin,2026-10-25,100",
        "America/New_York,2026-03-08,92",
        "Australia/Lord_Howe,2026-04-05,98",
        "Australia/Lord_Howe,2026-10-04,94",
        "Asia/Kathmandu,2026-03-29,96"
    })
    void haveTheLengthOfTheirDays(String zone, LocalDate day, long quarters) {
        Periods periods = Periods.of(day, day.plusDays(1), Interval.DAY, ZoneId.of(zone));

        long counted = 0;
        for (long utc = periods.firstDay() - 1; utc <= periods.lastDay() + 1; utc++) {
            counted += Arrays.stream(periods.ofDay(utc))
                    .filter(period -> period == 0)
                    .count();
        }
        assertThat(counted).isEqualTo(quarters);
    }

    @Test
    void areCutOffAtBothEnds() {
        Periods weeks =
                Periods.of(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 13), Interval.WEEK, ZoneOffset.UTC);

        assertThat(weeks.labels())
                .containsExactly(LocalDate.of(2026, 9, 28), LocalDate.of(2026, 10, 5), LocalDate.of(2026, 10, 12));
        assertThat(weeks.firstDay()).isEqualTo(LocalDate.of(2026, 10, 1).toEpochDay());
        assertThat(weeks.lastDay()).isEqualTo(LocalDate.of(2026, 10, 12).toEpochDay());
    }

    @ParameterizedTest
    @CsvSource({
        "-5,0",
        "0,0",
        "99,99",
        "100,100",
        "104,100",
        "105,110",
        "994,990",
        "995,1000",
        "86399,86000",
        "950000,950000",
        "31536000,32000000",
        "99499999999,99000000000"
    })
    void roundTimesToTwoDigits(long seconds, long rounded) {
        assertThat(TwoDigits.seconds(TwoDigits.of(seconds))).isEqualTo(rounded);
    }

    @Test
    void keepTheOrderOfTimes() {
        int before = -1;
        for (long seconds = 0; seconds < 200_000; seconds++) {
            int timeClass = TwoDigits.of(seconds);
            if (timeClass != before) {
                assertThat(timeClass).isEqualTo(before + 1);
            }
            before = timeClass;
        }
    }
}
