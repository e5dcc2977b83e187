package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.platform.Limit;
import com.vibnai.attribution.platform.json.StorableText;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.FieldError;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a report is asked for.
 *
 * @param by what the groups are
 * @param sides which touches
 * @param interval how the time is cut
 * @param range when users signed up
 * @param previous the time before; null if it is not asked for
 * @param filters which touches count
 * @param conversions names of conversions that count; all, if there are none
 * @param limit groups in the answer
 */
record AcquisitionQuery(
        Dimension by,
        Set<Side> sides,
        Interval interval,
        TimeRange range,
        @Nullable TimeRange previous,
        Filters filters,
        Set<String> conversions,
        int limit) {

    private static final int MAX_PERIODS = 400;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final String BOTH = "both";

    /** From query parameters; 400 that names each one that is wrong. */
    static AcquisitionQuery of(AcquisitionParameters given, Clock clock) {
        List<FieldError> errors = new ArrayList<>();
        TimeRange range = TimeRange.parse(given.from, given.to, given.timeZone, clock, errors);
        boolean compared = !"none".equals(choice("compare", given.compare, List.of("none", "previous"), errors));
        AcquisitionQuery query = new AcquisitionQuery(
                Dimension.of(choice(
                                "by",
                                given.by,
                                Dimension.OF_CALLERS.stream()
                                        .map(Dimension::label)
                                        .toList(),
                                errors))
                        .orElse(Dimension.CHANNEL),
                sides(choice("touch", given.touch, List.of("first", "last", BOTH), errors)),
                interval(choice("interval", given.interval, List.of("day", "week", "month", "none"), errors)),
                range,
                compared ? range.previous() : null,
                filters(given, errors),
                new LinkedHashSet<>(storable("conversion", given.all("conversion"), errors)),
                limit(given.limit, errors));
        if (errors.isEmpty()) {
            query.checkTime(errors);
        }
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
        return query;
    }

    private void checkTime(List<FieldError> errors) {
        int periods = 0;
        var begin = interval.begin(range.from());
        while (begin.isBefore(range.to()) && periods <= MAX_PERIODS) {
            begin = interval.next(begin, range.to());
            periods++;
        }
        if (periods > MAX_PERIODS) {
            errors.add(new FieldError("interval", "makes more than " + MAX_PERIODS + " periods of this time"));
        }
        if (previous != null && previous.from().isBefore(TimeRange.EARLIEST)) {
            errors.add(new FieldError("compare", "would begin before " + TimeRange.EARLIEST));
        }
    }

    String touch() {
        return sides.size() == 2 ? BOTH : sides.iterator().next().label();
    }

    /** The side that the totals are of. */
    Side main() {
        return sides.contains(Side.FIRST) ? Side.FIRST : Side.LAST;
    }

    private static Set<Side> sides(String touch) {
        return switch (touch) {
            case "last" -> EnumSet.of(Side.LAST);
            case BOTH -> EnumSet.allOf(Side.class);
            default -> EnumSet.of(Side.FIRST);
        };
    }

    private static Interval interval(String text) {
        return Interval.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** One of the choices, the first if nothing is given. */
    private static String choice(String field, @Nullable String given, List<String> choices, List<FieldError> errors) {
        if (given == null || choices.contains(given)) {
            return given == null ? choices.get(0) : given;
        }
        errors.add(new FieldError(field, "has to be one of " + String.join(", ", choices)));
        return choices.get(0);
    }

    private static int limit(@Nullable String given, List<FieldError> errors) {
        try {
            return Limit.parse(given, DEFAULT_LIMIT, MAX_LIMIT);
        } catch (ApiException e) {
            errors.addAll(e.errors());
            return DEFAULT_LIMIT;
        }
    }

    private static Filters filters(AcquisitionParameters given, List<FieldError> errors) {
        Map<Dimension, List<String>> allowed = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.OF_CALLERS) {
            List<String> wanted = given.all(dimension.label());
            if (!wanted.isEmpty()) {
                allowed.put(dimension, storable(dimension.label(), wanted, errors));
            }
        }
        return new Filters(allowed);
    }

    private static List<String> storable(String field, List<String> values, List<FieldError> errors) {
        if (!values.stream().allMatch(StorableText.Check::isStorable)) {
            errors.add(new FieldError(field, "has a character that cannot be stored"));
        }
        return values;
    }
}
