package com.vibnai.umami.source;

import com.vibnai.umami.platform.problem.ApiException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a history that a caller asks for; null is no bound.
 *
 * @param from first instant
 * @param to first instant that is no longer in it
 */
public record Window(
        @Nullable UUID websiteId,
        @Nullable Instant from,
        @Nullable Instant to) {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /** Beyond these no Umami has anything, and PostgreSQL has bounds of its own. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** The window of these parameters; 400 if one is not what it should be. */
    public static Window parse(@Nullable String websiteId, @Nullable String from, @Nullable String to) {
        Window window = new Window(
                websiteId == null ? null : parseWebsite(websiteId), parseTime("from", from), parseTime("to", to));
        if (window.from != null && window.to != null && !window.from.isBefore(window.to)) {
            throw ApiException.invalid("to", "has to be later than from");
        }
        return window;
    }

    /** What of these segments is in the window. */
    public List<Segment> of(List<Segment> segments) {
        return segments.stream()
                .filter(segment -> websiteId == null || segment.websiteId().equals(websiteId))
                .map(segment -> segment.between(from, to))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /** The id of a website; 400 if it is none. */
    public static UUID parseWebsite(String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw ApiException.invalid("website_id", "has to be the id of a Umami website, a UUID");
        }
        return UUID.fromString(text);
    }

    /** The time, if one is given; 400 if it is none. */
    public static @Nullable Instant parseTime(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant at = OffsetDateTime.parse(text).toInstant();
            if (!at.isBefore(EARLIEST) && !at.isAfter(LATEST)) {
                return at;
            }
        } catch (DateTimeParseException e) {
            // Said below, like a time out of bounds.
        }
        throw ApiException.invalid(name, "has to be a time like 2026-11-24T09:30:00Z, from 1970 on");
    }
}
