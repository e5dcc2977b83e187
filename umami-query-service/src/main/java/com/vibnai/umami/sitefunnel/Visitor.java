package com.vibnai.umami.sitefunnel;

import com.vibnai.umami.sitefunnel.Journey.Conversion;
import com.vibnai.umami.source.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody who did something that a funnel is about: a user, or a session of which nobody knows whose it is. */
final class Visitor {

    private final @Nullable Journey journey;
    private final List<Segment> stretches;
    private final List<List<Instant>> times = new ArrayList<>();

    /**
     * A visitor without any times.
     *
     * @param journey of a user
     * @param stretches what is theirs of the sessions
     */
    Visitor(@Nullable Journey journey, List<Segment> stretches, Question question) {
        this.journey = journey;
        this.stretches = stretches;
        question.steps().forEach(step -> times.add(new ArrayList<>(times(step, journey, question))));
    }

    /** Notes an event in Umami; they come in order of time. */
    void did(int actions, Instant at) {
        for (int step = 0; step < times.size(); step++) {
            if ((actions & 1 << step) != 0) {
                times.get(step).add(at);
            }
        }
    }

    /** When each step happened, ascending. */
    List<List<Instant>> times() {
        return times;
    }

    @Nullable
    Journey journey() {
        return journey;
    }

    List<Segment> stretches() {
        return stretches;
    }

    /** Of the steps that attribution-service knows of. The first step counts in the range alone. */
    private static List<Instant> times(Step step, @Nullable Journey journey, Question question) {
        if (journey == null) {
            return List.of();
        }
        Stream<Instant> all =
                switch (step.kind()) {
                    case SIGNUP -> Stream.ofNullable(journey.signedUpAt());
                    case CONVERSION ->
                        journey.conversions().stream()
                                .filter(one ->
                                        step.value().equals("*") || step.value().equals(one.name()))
                                .map(Conversion::occurredAt);
                    case VISIT, PATH, EVENT -> Stream.empty();
                };
        boolean first = step.equals(question.steps().get(0));
        Instant end = first ? question.to() : question.until();
        return all.filter(at -> !at.isBefore(question.from()) && at.isBefore(end))
                .sorted()
                .toList();
    }
}
