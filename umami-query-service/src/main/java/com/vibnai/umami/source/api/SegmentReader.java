package com.vibnai.umami.source.api;

import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.Segment;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the events of one segment, backwards from a time, page by page. */
final class SegmentReader {

    private static final List<Duration> BEGINNINGS = List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofHours(1));

    private final ApiReader umami;
    private final int pages;

    /** Reads at most so many pages. */
    SegmentReader(ApiReader umami, int pages) {
        this.umami = umami;
        this.pages = pages;
    }

    /** All of it, or the newest part. */
    Uni<Stretch> all(Segment segment) {
        return between(segment, start(segment), end(segment), Integer.MAX_VALUE);
    }

    /** At least the {@code size} newest events before {@code before}, if there are so many. */
    Uni<Stretch> latest(Segment segment, @Nullable EventPosition before, int size) {
        long end = before == null
                ? end(segment)
                : Math.min(end(segment), before.occurredAt().toEpochMilli());
        return between(segment, start(segment), end, size).map(read -> before == null ? read : only(read, before));
    }

    /** What comes after {@code after}. */
    Uni<Stretch> next(Segment segment, EventPosition after) {
        long start = Math.max(start(segment), after.occurredAt().toEpochMilli());
        return between(segment, start, end(segment), Integer.MAX_VALUE)
                .map(read -> new Stretch(
                        read.events().stream()
                                .filter(event -> event.isAfter(after))
                                .toList(),
                        read.complete()));
    }

    /** The first event and perhaps others; all of the segment unless its session says when it began. */
    Uni<Stretch> first(Segment segment) {
        return umami.session(segment.websiteId(), segment.sessionId())
                .map(session -> Math.max(start(segment), session.firstAt().toEpochMilli()))
                .flatMap(start -> beginning(segment, start, 0))
                .onFailure(NoSuchElementException.class)
                .recoverWithUni(() -> all(segment));
    }

    /** Longer and longer parts of the beginning, until one holds an event: what is read comes newest first. */
    private Uni<Stretch> beginning(Segment segment, long start, int attempt) {
        if (attempt == BEGINNINGS.size()) {
            return all(segment);
        }
        long end = Math.min(end(segment), start + BEGINNINGS.get(attempt).toMillis());
        return between(segment, start, end, Integer.MAX_VALUE)
                .flatMap(read -> read.events().isEmpty()
                        ? beginning(segment, start, attempt + 1)
                        : Uni.createFrom().item(read));
    }

    private static Stretch only(Stretch read, EventPosition before) {
        return new Stretch(
                read.events().stream().filter(event -> event.isBefore(before)).toList(), read.complete());
    }

    private Uni<Stretch> between(Segment segment, long start, long end, int enough) {
        return start > end
                ? Uni.createFrom().item(new Stretch(List.of(), true))
                : page(segment, start, end, enough, pages, new LinkedHashSet<>());
    }

    private Uni<Stretch> page(Segment segment, long start, long end, int enough, int left, Set<Found> read) {
        return umami.activity(segment, start, end).flatMap(page -> {
            int before = read.size();
            page.forEach(activity -> read.add(new Found(segment, activity)));
            boolean last = page.size() < ApiReader.PAGE;
            // A whole page of one millisecond: what else it holds cannot be asked for.
            boolean stuck = read.size() == before;
            if (last || stuck || left == 1 || owned(read).size() >= enough) {
                return Uni.createFrom().item(new Stretch(owned(read), last));
            }
            long oldest = page.get(page.size() - 1).createdAt().toEpochMilli();
            return page(segment, start, oldest, enough, left - 1, read);
        });
    }

    private static List<Found> owned(Set<Found> read) {
        List<Found> owned = new ArrayList<>(read);
        owned.removeIf(event -> !event.isOwned());
        return owned;
    }

    private static long start(Segment segment) {
        return segment.from() == null ? 0 : segment.from().toEpochMilli();
    }

    private static long end(Segment segment) {
        Instant until = segment.until();
        return until == null ? ApiReader.end() : until.toEpochMilli();
    }
}
