package com.vibnai.umami.sitefunnel;

import com.vibnai.umami.source.Entry;
import com.vibnai.umami.source.EventSource;
import com.vibnai.umami.source.Segment;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * By which channel or campaign visitors came: as the stored first touch of a user says, else by what the visitor's first
 * event in the range says, of the sessions that the funnel saw.
 */
@ApplicationScoped
class Origins {

    /** Visitors whose first event is looked up at most, and in one statement. */
    private static final int LOOKUPS = 50_000;

    private static final int LOOKUPS_AT_ONCE = 5000;

    /** Kinds of touches that are classified at most, the most frequent first. */
    private static final int TOUCHES = 5000;

    /** A click id says more than that it is there only if it is as short as this: {@code gad_source=1}. */
    private static final int SHORT_VALUE = 8;

    private static final String SOME_CLICK_ID = "some-click-id";
    private static final List<String> CAMPAIGN =
            List.of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content");

    private static final Comparator<Entry> EARLIEST = Comparator.comparing(Entry::occurredAt)
            .thenComparing(entry -> entry.eventId().toString());

    private final EventSource source;
    private final Journeys journeys;

    Origins(EventSource source, Journeys journeys) {
        this.source = source;
        this.journeys = journeys;
    }

    /** Of these visitors, empty where they came without one; those are missing who were too many to be looked up. */
    Uni<Map<Visitor, Optional<String>>> of(
            Collection<Visitor> asked, Visitors visitors, Question question, Notes notes) {
        Map<Visitor, Optional<String>> origins = new HashMap<>();
        asked.stream()
                .filter(visitor -> isStored(visitor.journey(), question.by()))
                .forEach(visitor -> origins.put(visitor, stored(visitor.journey(), question.by())));
        List<Visitor> others = asked.stream()
                .filter(visitor -> !origins.containsKey(visitor))
                .limit(LOOKUPS)
                .toList();
        if (origins.size() + others.size() < asked.size()) {
            notes.cut("Groups are without the visitors after the first %,d whose first event had to be looked up."
                    .formatted(LOOKUPS));
        }
        return first(others, visitors, question)
                .flatMap(entries -> values(entries, question.by(), notes))
                .map(values -> {
                    others.forEach(visitor -> origins.put(visitor, values.getOrDefault(visitor, Optional.empty())));
                    return origins;
                });
    }

    private static boolean isStored(@Nullable Journey journey, Question.By by) {
        return journey != null
                && journey.signedUpAt() != null
                && (by == Question.By.UTM_CAMPAIGN || journey.channel() != null);
    }

    private static Optional<String> stored(@Nullable Journey journey, Question.By by) {
        return Optional.ofNullable(journey)
                .map(known -> by == Question.By.CHANNEL ? known.channel() : known.utmCampaign());
    }

    private Uni<Map<Visitor, Entry>> first(List<Visitor> of, Visitors visitors, Question question) {
        List<Segment> segments = of.stream()
                .flatMap(visitor -> visitor.stretches().stream())
                .map(stretch -> stretch.between(question.from(), question.to()))
                .filter(stretch -> !stretch.isEmpty())
                .toList();
        return Multi.createFrom()
                .iterable(segments)
                .group()
                .intoLists()
                .of(LOOKUPS_AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(source::firstOfEach)
                .collect()
                .in(
                        HashMap::new,
                        (all, entries) -> entries.forEach(entry -> all.merge(
                                visitors.of(entry.websiteId(), entry.sessionId(), entry.occurredAt()),
                                entry,
                                (one, other) -> EARLIEST.compare(one, other) <= 0 ? one : other)));
    }

    private Uni<Map<Visitor, Optional<String>>> values(Map<Visitor, Entry> entries, Question.By by, Notes notes) {
        if (by == Question.By.UTM_CAMPAIGN) {
            return Uni.createFrom()
                    .item(mapped(
                            entries, entry -> Optional.ofNullable(entry.utm().get("utm_campaign"))));
        }
        Map<Visitor, Map<String, String>> touches = mapped(entries, Origins::touch);
        Map<Map<String, String>, Long> frequent =
                touches.values().stream().collect(Collectors.groupingBy(touch -> touch, Collectors.counting()));
        List<Map<String, String>> asked = frequent.entrySet().stream()
                .sorted(Map.Entry.<Map<String, String>, Long>comparingByValue().reversed())
                .limit(TOUCHES)
                .map(Map.Entry::getKey)
                .toList();
        if (asked.size() < frequent.size()) {
            notes.cut("The channel of visitors who came in rarer ways than %,d others is not told.".formatted(TOUCHES));
        }
        return journeys.channels(asked)
                .map(channels -> {
                    Map<Map<String, String>, Optional<String>> known = new HashMap<>();
                    for (int i = 0; i < asked.size(); i++) {
                        known.put(asked.get(i), channels.get(i));
                    }
                    return mapped(touches, touch -> known.getOrDefault(touch, Optional.empty()));
                })
                .onFailure()
                .recoverWithItem(failure -> {
                    notes.degrade("attribution-service does not answer: channels are those of users who are known.");
                    return mapped(touches, touch -> Optional.empty());
                });
    }

    private static <A, B> Map<Visitor, B> mapped(Map<Visitor, A> from, Function<A, B> to) {
        Map<Visitor, B> result = new LinkedHashMap<>();
        from.forEach((visitor, value) -> result.put(visitor, to.apply(value)));
        return result;
    }

    /** What decides about the channel, in the words of attribution-service, so that many visitors have the same. */
    private static Map<String, String> touch(Entry entry) {
        Map<String, String> touch = new TreeMap<>();
        entry.utm().forEach((name, value) -> {
            if (CAMPAIGN.contains(name)) {
                touch.put(name, value);
            }
        });
        entry.clickIds()
                .forEach((name, value) -> touch.put(name, value.length() <= SHORT_VALUE ? value : SOME_CLICK_ID));
        if (entry.referrerUrl() != null) {
            touch.put("referrer", entry.referrerUrl().replaceFirst("\\?.*$", ""));
        }
        if (entry.hostname() != null && !entry.hostname().isBlank()) {
            touch.put("landing_page", "https://" + entry.hostname() + entry.urlPath());
        }
        return touch;
    }
}
