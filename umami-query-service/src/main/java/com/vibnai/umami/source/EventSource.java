package com.vibnai.umami.source;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the features ask of Umami. Lists of segments are never empty and no two of them overlap. */
public interface EventSource {

    /** Counts and milestones of the events in these segments; {@code signedUpAt} divides them, if it is known. */
    Uni<Totals> totals(List<Segment> segments, @Nullable Instant signedUpAt);

    /** The {@code size} latest events before {@code before} (from the end when null), newest first. */
    Uni<List<Event>> latest(List<Segment> segments, @Nullable EventPosition before, int size);

    /** The {@code size} earliest events after {@code after}, oldest first: what a live stream has not shown yet. */
    Uni<List<Event>> next(List<Segment> segments, EventPosition after, int size);

    /** The sessions with the latest last event before {@code before} (from the end when null), latest first. */
    Uni<List<SessionTotals>> sessions(List<Segment> segments, @Nullable SessionPosition before, int size);

    /** The first event ever, with what it says about where the visitor came from. */
    Uni<Optional<Entry>> first(List<Segment> segments);

    /**
     * The first event of each of these segments, whose events may be many users'; segments without any are missing. Fails
     * with a 501 where the source cannot tell.
     */
    Uni<List<Entry>> firstOfEach(List<Segment> segments);

    /**
     * When these actions happened on these websites, to whomever: the first one before {@code firstUntil}, the others before
     * {@code until}. Fails with a 501 where the source cannot tell.
     *
     * @param actions thirty at most; of none nothing is found
     */
    Uni<Occurrences> occurrences(
            List<UUID> websites, List<Action> actions, Instant from, Instant firstUntil, Instant until);

    /** What was sent along with these events: by event id, by key. Events without anything are missing. */
    Uni<Map<UUID, Map<String, Object>>> data(List<Event> events);

    /**
     * The sessions that Umami itself says are the user's, found in one way, each with everything that it says about who
     * was in it (others included, so that ownership can be decided). Not asked for a way that {@link #describe} calls
     * {@link Way.Cost#ABSENT}.
     *
     * @param budget how long it may take at most; it fails with a {@link java.util.concurrent.TimeoutException} then
     */
    Uni<List<Claim>> claims(Way way, UserNames user, Duration budget);

    /** What this source is and can do; cheap, detected before. Fails with a 503 whose detail says what is missing. */
    Uni<SourceDescription> describe();
}
