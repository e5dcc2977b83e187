package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.source.Action;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Entry;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.EventSource;
import com.vibnai.umami.source.Occurrences;
import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.SessionPosition;
import com.vibnai.umami.source.SessionTotals;
import com.vibnai.umami.source.SourceDescription;
import com.vibnai.umami.source.Totals;
import com.vibnai.umami.source.UserNames;
import com.vibnai.umami.source.Way;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Umami's PostgreSQL. Asked for by its own type only: {@link EventSource} is the one that the configuration picks. */
@Singleton
@Typed(DatabaseSource.class)
public final class DatabaseSource implements EventSource {

    private final UmamiDatabase umami;
    private final EntryQuery entries;
    private final TotalsQuery totals;
    private final EventsQuery events;
    private final SessionsQuery sessions;
    private final EventDataQuery data;
    private final ClaimsQuery claims;
    private final OccurrencesQuery occurrences;
    private final Function<UmamiSchema, SourceDescription> descriptions = new Last<>(UmamiSchema::describe);

    DatabaseSource(UmamiDatabase umami, QueryConfig config) {
        this.umami = umami;
        this.entries = new EntryQuery(umami);
        this.totals = new TotalsQuery(umami, config.events());
        this.events = new EventsQuery(umami);
        this.sessions = new SessionsQuery(umami, config.events());
        this.data = new EventDataQuery(umami);
        this.claims = new ClaimsQuery(umami, config);
        this.occurrences = new OccurrencesQuery(umami, config);
    }

    @Override
    public Uni<Totals> totals(List<Segment> segments, @Nullable Instant signedUpAt) {
        return totals.totals(segments, signedUpAt);
    }

    @Override
    public Uni<List<Event>> latest(List<Segment> segments, @Nullable EventPosition before, int size) {
        return events.latest(segments, before, size);
    }

    @Override
    public Uni<List<Event>> next(List<Segment> segments, EventPosition after, int size) {
        return events.next(segments, after, size);
    }

    @Override
    public Uni<List<SessionTotals>> sessions(List<Segment> segments, @Nullable SessionPosition before, int size) {
        return sessions.latest(segments, before, size);
    }

    @Override
    public Uni<Optional<Entry>> first(List<Segment> segments) {
        return entries.first(segments);
    }

    @Override
    public Uni<List<Entry>> firstOfEach(List<Segment> segments) {
        return entries.firstOfEach(segments);
    }

    @Override
    public Uni<Occurrences> occurrences(
            List<UUID> websites, List<Action> actions, Instant from, Instant firstUntil, Instant until) {
        return occurrences.occurrences(websites, actions, from, firstUntil, until);
    }

    @Override
    public Uni<Map<UUID, Map<String, Object>>> data(List<Event> of) {
        return data.data(of);
    }

    @Override
    public Uni<List<Claim>> claims(Way way, UserNames user, Duration budget) {
        return claims.claims(way, user, budget);
    }

    @Override
    public Uni<SourceDescription> describe() {
        return umami.schema().map(descriptions);
    }
}
