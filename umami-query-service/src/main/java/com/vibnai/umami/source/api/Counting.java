package com.vibnai.umami.source.api;

import com.vibnai.umami.source.Device;
import com.vibnai.umami.source.Entry;
import com.vibnai.umami.source.SessionTotals;
import com.vibnai.umami.source.Totals;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds events up, as the database would. */
final class Counting {

    private static final int TOP = 10;

    /** By bytes, as PostgreSQL's collation C has it. */
    private static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private Counting() {}

    static Totals totals(
            Stretch read, Collection<Device> devices, @Nullable Entry entry, @Nullable Instant signedUpAt) {
        List<Found> events = read.events();
        Instant first = entry == null ? null : entry.occurredAt();
        return new Totals(
                distinct(events, found -> found.segment().sessionId()),
                distinct(events, found -> found.activity().visitId()),
                events.stream().filter(Found::isPageview).count(),
                events.stream().filter(found -> !found.isPageview()).count(),
                first,
                events.stream().map(Found::at).max(Comparator.naturalOrder()).orElse(null),
                signedUpAt == null ? null : pageviewsBefore(events, signedUpAt),
                entry,
                names(devices, Device::device),
                names(devices, Device::browser),
                names(devices, Device::country),
                topPages(events),
                !read.complete());
    }

    /** All events are of one session; there is at least one. */
    static SessionTotals session(List<Found> events, Device device, boolean complete) {
        Found any = events.get(0);
        return new SessionTotals(
                any.segment().websiteId(),
                any.segment().sessionId(),
                Collections.min(events).at(),
                Collections.max(events).at(),
                distinct(events, found -> found.activity().visitId()),
                events.stream().filter(Found::isPageview).count(),
                events.stream().filter(found -> !found.isPageview()).count(),
                device,
                events.stream().anyMatch(found -> found.segment().shared()),
                !complete);
    }

    private static int distinct(List<Found> events, Function<Found, UUID> of) {
        return (int) events.stream().map(of).distinct().count();
    }

    private static long pageviewsBefore(List<Found> events, Instant time) {
        return events.stream()
                .filter(found -> found.isPageview() && found.at().isBefore(time))
                .count();
    }

    private static List<String> names(Collection<Device> devices, Function<Device, @Nullable String> name) {
        TreeSet<String> names = new TreeSet<>(BY_BYTES);
        devices.stream()
                .map(name)
                .filter(Objects::nonNull)
                .filter(text -> !text.isEmpty())
                .forEach(names::add);
        return List.copyOf(names);
    }

    private static List<Totals.PageCount> topPages(List<Found> events) {
        Map<String, Long> views = events.stream()
                .filter(Found::isPageview)
                .collect(Collectors.groupingBy(found -> found.activity().urlPath(), Collectors.counting()));
        return views.entrySet().stream()
                .map(page -> new Totals.PageCount(page.getKey(), page.getValue()))
                .sorted(Comparator.comparingLong(Totals.PageCount::pageviews)
                        .reversed()
                        .thenComparing(Totals.PageCount::urlPath, BY_BYTES))
                .limit(TOP)
                .toList();
    }
}
