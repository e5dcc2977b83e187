package com.vibnai.umami.sitefunnel;

import com.vibnai.umami.source.Occurrences.Occurrence;
import com.vibnai.umami.source.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose each event is: the user's in whose stretch of its session it is, else that of the session itself, which
 * stands for a visitor of whom nobody knows more.
 */
final class Visitors {

    private static final Comparator<Segment> BY_BEGINNING =
            Comparator.comparing(Segment::from, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));

    private final Question question;
    private final Map<SessionKey, List<Owned>> owned = new HashMap<>();
    private final Map<SessionKey, Visitor> sessions = new HashMap<>();
    private final Collection<Visitor> users = new ArrayList<>();

    private record Owned(Segment stretch, Visitor visitor) {}

    Visitors(Question question, Collection<Journey> journeys) {
        this.question = question;
        journeys.forEach(this::add);
    }

    private void add(Journey journey) {
        List<Segment> stretches =
                journey.sessions().stream().map(Journey.Stretch::toSegment).toList();
        Visitor visitor = new Visitor(journey, stretches, question);
        users.add(visitor);
        stretches.forEach(stretch -> owned.computeIfAbsent(
                        new SessionKey(stretch.websiteId(), stretch.sessionId()), key -> new ArrayList<>())
                .add(new Owned(stretch, visitor)));
    }

    /** Gives all events to those who did them. */
    void did(List<Occurrence> events) {
        events.stream().sorted(Comparator.comparing(Occurrence::at)).forEach(event -> of(
                        event.websiteId(), event.sessionId(), event.at())
                .did(event.actions(), event.at()));
    }

    /** Who did what happened in this session at this time. */
    Visitor of(UUID websiteId, UUID sessionId, Instant at) {
        SessionKey key = new SessionKey(websiteId, sessionId);
        for (Owned one : owned.getOrDefault(key, List.of())) {
            if (contains(one.stretch, at)) {
                return one.visitor;
            }
        }
        return sessions.computeIfAbsent(key, session -> new Visitor(null, unowned(session), question));
    }

    /** Everybody. */
    List<Visitor> all() {
        List<Visitor> all = new ArrayList<>(users);
        all.addAll(sessions.values());
        return all;
    }

    private static boolean contains(Segment stretch, Instant at) {
        return (stretch.from() == null || !at.isBefore(stretch.from()))
                && (stretch.until() == null || at.isBefore(stretch.until()));
    }

    /** What is left of a session for somebody unknown. */
    private List<Segment> unowned(SessionKey session) {
        List<Segment> left = new ArrayList<>();
        Instant from = question.from();
        List<Segment> taken = owned.getOrDefault(session, List.of()).stream()
                .map(Owned::stretch)
                .sorted(BY_BEGINNING)
                .toList();
        for (Segment stretch : taken) {
            left.add(gap(session, from, stretch.from()));
            from = later(from, stretch.until());
        }
        left.add(gap(session, from, question.to()));
        return left.stream().filter(gap -> !gap.isEmpty()).toList();
    }

    /** A gap before an open beginning is none. */
    private static Segment gap(SessionKey session, Instant from, @Nullable Instant until) {
        return new Segment(session.websiteId(), session.sessionId(), from, until == null ? from : until, false);
    }

    private Instant later(Instant from, @Nullable Instant until) {
        return until == null ? question.to() : until.isAfter(from) ? until : from;
    }
}
