package com.vibnai.attribution.touch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what was sent into a touch that can be stored, and says what it had to change. Lives for one request. */
public final class TouchReader {

    /** A clock that is further off is no clock. */
    private static final Duration BELIEVABLE = Duration.ofDays(36_525);

    private final ExternalReferrer referrers;
    private final Instant earliest;
    private final Instant latest;
    private final Duration clockDifference;
    private final List<Adjustment> adjustments = new ArrayList<>();

    /**
     * For one request.
     *
     * @param referrers which referrers count
     * @param earliest times before it are moved to it
     * @param latest times after it are moved to it
     * @param sentAt the sender's clock when sending, if it told; the difference to {@code now} corrects its times
     * @param now the server's clock
     */
    public TouchReader(
            ExternalReferrer referrers, Instant earliest, Instant latest, @Nullable Instant sentAt, Instant now) {
        this.referrers = referrers;
        this.earliest = earliest;
        this.latest = latest;
        this.clockDifference = difference(sentAt, now);
    }

    /** What was changed so far. */
    public List<Adjustment> adjustments() {
        return List.copyOf(adjustments);
    }

    /** Notes that {@code field} is kept otherwise than sent. */
    public void adjusted(String field, String what) {
        adjustments.add(new Adjustment(field, what));
    }

    /**
     * The touch.
     *
     * @param prefix of the field names in adjustments, empty or with its dot
     */
    public Touch read(TouchFields fields, String prefix) {
        return Touch.of(
                fields.campaign((name, value) -> text(prefix + name, value, TouchFields.LONGEST)),
                fields.clickIds((name, value) -> text(prefix + name, value, TouchFields.LONGEST)),
                text(prefix + "referrer", fields.referrer, TouchFields.LONGEST_URL),
                text(prefix + "landing_page", fields.landingPage, TouchFields.LONGEST_URL),
                fields.firstSeenAt == null ? null : time(prefix + "first_seen_at", fields.firstSeenAt.toInstant()),
                referrers);
    }

    private @Nullable String text(String field, @Nullable String value, int longest) {
        return CleanText.of(value, longest, what -> adjusted(field, what));
    }

    /** The time by the server's clock, within the bounds; corrections by the sender's own clock are not worth a word. */
    private Instant time(String field, Instant given) {
        if (given.isAfter(latest.plus(BELIEVABLE)) || given.isBefore(earliest.minus(BELIEVABLE))) {
            return clamped(field, given);
        }
        return clamped(field, given.plus(clockDifference));
    }

    private Instant clamped(String field, Instant time) {
        if (time.isAfter(latest)) {
            adjusted(field, "moved back to now: it was in the future");
            return latest;
        }
        if (time.isBefore(earliest)) {
            adjusted(field, "moved to the earliest time that is kept: it was too long ago");
            return earliest;
        }
        return time;
    }

    private Duration difference(@Nullable Instant sentAt, Instant now) {
        if (sentAt == null) {
            return Duration.ZERO;
        }
        Duration difference = Duration.between(sentAt, now);
        if (difference.abs().compareTo(BELIEVABLE) > 0) {
            adjusted("sent_at", "ignored: no clock is that far off");
            return Duration.ZERO;
        }
        return difference;
    }
}
