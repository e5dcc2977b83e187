package com.vibnai.attribution.journey;

import com.vibnai.attribution.platform.TimeParameter;
import com.vibnai.attribution.platform.json.StorableText;
import com.vibnai.attribution.platform.problem.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which conversions belong to a journey.
 *
 * @param names of these names; all if {@value #ANY} is among them
 * @param from occurred at or after
 * @param until occurred before
 */
record JourneyQuestion(Set<String> names, Instant from, Instant until) {

    /** Instead of a name: whatever it is called. */
    static final String ANY = "*";

    private static final int NAMES = 20;

    static JourneyQuestion parse(List<String> names, @Nullable String from, String untilName, @Nullable String until) {
        if (names.size() > NAMES || !names.stream().allMatch(StorableText.Check::isStorable)) {
            throw ApiException.invalid("conversion", "has to be " + NAMES + " names at most");
        }
        Instant start = time("from", from);
        Instant end = time(untilName, until);
        if (!start.isBefore(end)) {
            throw ApiException.invalid(untilName, "has to be later than from");
        }
        return new JourneyQuestion(new TreeSet<>(names), start, end);
    }

    /** A time that has to be given. */
    static Instant time(String name, @Nullable String text) {
        Instant time = TimeParameter.parse(name, text);
        if (time == null) {
            throw ApiException.invalid(name, "is needed");
        }
        return time;
    }

    boolean anyName() {
        return names.contains(ANY);
    }
}
