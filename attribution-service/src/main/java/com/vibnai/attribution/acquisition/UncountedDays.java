package com.vibnai.attribution.acquisition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Days that have changed since they were counted: their signups, read from the tables of the record. */
final class UncountedDays {

    private final Set<Long> days;
    private final Map<Long, DayBuilder> builders = new TreeMap<>();

    UncountedDays(Set<Long> days) {
        this.days = days;
    }

    Set<Long> days() {
        return days;
    }

    void add(Signup signup) {
        builders.computeIfAbsent(signup.day(), day -> new DayBuilder()).add(signup);
    }

    /** In order. The touches get numbers in {@code groups}. */
    List<Segment> segments(Groups groups) {
        Map<TouchKind, Integer> numbers = new HashMap<>();
        List<Segment> segments = new ArrayList<>();
        builders.forEach((day, builder) -> {
            builder.kinds().forEach(kind -> numbers.computeIfAbsent(kind, groups::add));
            segments.add(builder.build(day, numbers));
        });
        return segments;
    }
}
