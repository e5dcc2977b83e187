package com.vibnai.umami.sitefunnel;

import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.source.Action;
import com.vibnai.umami.source.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param steps in order; those that Umami knows of come first
 * @param websites empty for all
 * @param from the first step is reached at or after it
 * @param to the first step is reached before it
 * @param window from the first step to the last, at most
 */
record Question(List<Step> steps, List<UUID> websites, Instant from, Instant to, Duration window, By by) {

    /** Websites that can be asked for at once, and that are looked at if none is. */
    static final int WEBSITES = 100;

    private static final Duration RANGE = Duration.ofDays(30);
    private static final Duration LONGEST_RANGE = Duration.ofDays(92);
    private static final int WINDOW_DAYS = 30;
    private static final int LONGEST_WINDOW_DAYS = 90;

    /** By what visitors are told apart. */
    enum By {
        NONE,
        CHANNEL,
        UTM_CAMPAIGN;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The question of these parameters; 400 if one is not what it should be. */
    static Question parse(
            List<String> steps,
            List<String> websites,
            @Nullable String from,
            @Nullable String to,
            @Nullable String windowDays,
            @Nullable String by,
            Instant now) {
        if (websites.size() > WEBSITES) {
            throw ApiException.invalid("website_id", "can be given " + WEBSITES + " times at most");
        }
        List<Step> parsed = Step.parse(steps);
        Instant until = time("to", to);
        Instant end = until == null ? now.truncatedTo(ChronoUnit.MICROS) : until;
        Instant since = time("from", from);
        Instant start = since == null ? end.minus(RANGE) : since;
        if (!start.isBefore(end)) {
            throw ApiException.invalid("to", "has to be later than from");
        }
        if (Duration.between(start, end).compareTo(LONGEST_RANGE) > 0) {
            throw ApiException.invalid("from", "has to be at most " + LONGEST_RANGE.toDays() + " days before to");
        }
        return new Question(
                parsed,
                websites.stream().map(Window::parseWebsite).distinct().toList(),
                start,
                end,
                Duration.ofDays(days(windowDays)),
                by(by));
    }

    /** The first instant that is too late for any step. */
    Instant until() {
        return to.plus(window);
    }

    /** What to look for in Umami: the first steps. */
    List<Action> actions() {
        return steps.stream().flatMap(step -> step.action().stream()).toList();
    }

    boolean startsInUmami() {
        return steps.get(0).isInUmami();
    }

    /** The same without the steps that only attribution-service knows of. */
    Question inUmamiAlone() {
        List<Step> first = steps.stream().filter(Step::isInUmami).toList();
        return new Question(first, websites, from, to, window, by);
    }

    private static int days(@Nullable String text) {
        if (text == null) {
            return WINDOW_DAYS;
        }
        try {
            int days = Integer.parseInt(text);
            if (days >= 1 && days <= LONGEST_WINDOW_DAYS) {
                return days;
            }
        } catch (NumberFormatException e) {
            // Said below, like a number out of bounds.
        }
        throw ApiException.invalid("window_days", "has to be a number from 1 to " + LONGEST_WINDOW_DAYS);
    }

    /** As exact as PostgreSQL is. */
    private static @Nullable Instant time(String name, @Nullable String text) {
        Instant time = Window.parseTime(name, text);
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    private static By by(@Nullable String text) {
        for (By by : By.values()) {
            if (by.label().equals(text == null ? By.NONE.label() : text)) {
                return by;
            }
        }
        throw ApiException.invalid("by", "has to be none, channel or utm_campaign");
    }
}
