package com.vibnai.umami.source.api;

import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.platform.problem.ProblemType;
import com.vibnai.umami.source.Action;
import com.vibnai.umami.source.Campaigns;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Device;
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
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Umami's REST API. */
@Singleton
@Typed(ApiSource.class)
public final class ApiSource implements EventSource {

    private static final int AT_ONCE = 8;

    private static final List<String> LIMITS = List.of(
            "event_data: the API would take a call for each event.",
            "page_title: a session's activity does not have it; the first event has.",
            "Funnels of the site: the API would take a call for each session.",
            "session_link and session_data: the API does not find a user by them.",
            "Umami's version: a distinct id claims its session until somebody else's login, as in 3.3, where ids follow each"
                    + " other in a session.",
            "Times have milliseconds.");

    private static final Map<Way, Way.Cost> WAYS = Map.of(
            Way.SESSION_LINK, Way.Cost.ABSENT, Way.DISTINCT_ID, Way.Cost.SCAN, Way.SESSION_DATA, Way.Cost.ABSENT);

    private static final Comparator<Segment> EARLIEST_LOGIN_FIRST =
            Comparator.comparing(Segment::from, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));

    private static final Comparator<Segment> LATEST_LOGIN_FIRST = Comparator.comparing(
                    Segment::from, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .reversed();

    private static final Comparator<SessionTotals> LATEST_SESSION_FIRST = Comparator.comparing(SessionTotals::lastAt)
            .thenComparing(SessionTotals::sessionId, Found.AS_POSTGRES)
            .reversed();

    private final ApiReader umami;
    private final ApiConfig config;
    private final SegmentReader segments;

    ApiSource(ApiReader umami, ApiConfig config) {
        this.umami = umami;
        this.config = config;
        this.segments = new SegmentReader(umami, config.pages());
    }

    @Override
    public Uni<Totals> totals(List<Segment> of, @Nullable Instant signedUpAt) {
        return each(of, segments::all).flatMap(read -> {
            Uni<Optional<Entry>> entry = read.complete() ? entry(read) : first(of);
            return Uni.combine()
                    .all()
                    .unis(devices(read.events()), entry)
                    .with((devices, first) -> Counting.totals(read, devices.values(), first.orElse(null), signedUpAt));
        });
    }

    @Override
    public Uni<List<Event>> latest(List<Segment> of, @Nullable EventPosition before, int size) {
        return each(of, segment -> segments.latest(segment, before, size))
                .map(read -> read.events().stream()
                        .sorted(Collections.reverseOrder())
                        .limit(size)
                        .toList())
                .flatMap(this::withDevices);
    }

    @Override
    public Uni<List<Event>> next(List<Segment> of, EventPosition after, int size) {
        return each(of, segment -> segments.next(segment, after))
                .map(read -> read.events().stream().sorted().limit(size).toList())
                .flatMap(this::withDevices);
    }

    @Override
    public Uni<List<SessionTotals>> sessions(List<Segment> of, @Nullable SessionPosition before, int size) {
        return each(of, segments::all)
                .flatMap(read -> devices(read.events()).map(devices -> bySession(read.events()).entrySet().stream()
                        .map(session -> Counting.session(
                                session.getValue(), device(devices, session.getKey()), read.complete()))
                        .filter(session -> before == null || isBefore(session, before))
                        .sorted(LATEST_SESSION_FIRST)
                        .limit(size)
                        .toList()));
    }

    @Override
    public Uni<Optional<Entry>> first(List<Segment> of) {
        return each(of, EARLIEST_LOGIN_FIRST, segments::first).flatMap(this::entry);
    }

    @Override
    public Uni<List<Entry>> firstOfEach(List<Segment> of) {
        return Uni.createFrom().failure(ApiSource::noFunnels);
    }

    @Override
    public Uni<Occurrences> occurrences(
            List<UUID> websites, List<Action> actions, Instant from, Instant firstUntil, Instant until) {
        return Uni.createFrom().failure(ApiSource::noFunnels);
    }

    private static ApiException noFunnels() {
        return ApiException.of(
                ProblemType.NOT_IMPLEMENTED,
                "Funnels of the site need Umami's database: its REST API would take a call for each session.");
    }

    @Override
    public Uni<Map<UUID, Map<String, Object>>> data(List<Event> events) {
        return Uni.createFrom().item(Map.of());
    }

    /**
     * By distinct id, website by website. The API tells neither of whom else a session is nor which version it is of. In 3.3
     * the last id takes a session over, so it claims no more than a login does: where nobody else claims any of it, that is
     * the whole session, too.
     */
    @Override
    public Uni<List<Claim>> claims(Way way, UserNames user, Duration budget) {
        return umami.websites()
                .flatMap(sites -> Multi.createFrom()
                        .iterable(sites)
                        .onItem()
                        .transformToUni(site -> claims(site.websiteId(), user))
                        .merge(AT_ONCE)
                        .collect()
                        .in(ArrayList<Claim>::new, List::addAll))
                .map(List::copyOf)
                .ifNoItem()
                .after(budget)
                .failWith(() -> new TimeoutException(way.label()));
    }

    @Override
    public Uni<SourceDescription> describe() {
        return umami.websites()
                .map(sites -> new SourceDescription("api", null, Set.of(), List.of(), sites, WAYS, limits()));
    }

    private List<String> limits() {
        return Stream.concat(
                        LIMITS.stream(),
                        Stream.of(
                                "Of one user %d sessions are read, the latest by login, and of each %,d events at most."
                                        .formatted(config.sessions(), config.pages() * ApiReader.PAGE)))
                .toList();
    }

    private Uni<List<Claim>> claims(UUID website, UserNames user) {
        return umami.sessions(website, user.distinctId())
                .map(sessions -> sessions.stream()
                        .map(session -> new Claim(
                                user.userId(), website, session.id(), Claim.Kind.SESSION, null, session.firstAt()))
                        .collect(Collectors.toMap(Claim::sessionId, Function.identity(), (a, b) -> a))
                        .values())
                .map(List::copyOf);
    }

    private Uni<Stretch> each(List<Segment> of, Function<Segment, Uni<Stretch>> read) {
        return each(of, LATEST_LOGIN_FIRST, read);
    }

    /** Reads as many segments as may be read, several at once. */
    private Uni<Stretch> each(List<Segment> of, Comparator<Segment> choice, Function<Segment, Uni<Stretch>> read) {
        List<Segment> chosen =
                of.stream().sorted(choice).limit(config.sessions()).toList();
        return Multi.createFrom()
                .iterable(chosen)
                .onItem()
                .transformToUni(read::apply)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .map(parts -> Stretch.of(parts, chosen.size() == of.size()));
    }

    private Uni<Optional<Entry>> entry(Stretch read) {
        if (read.events().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Found first = Collections.min(read.events());
        return umami.event(first.segment().websiteId(), first.at(), first.eventId())
                .map(more -> Optional.of(entry(first, more.orElse(null))));
    }

    private static Entry entry(Found first, UmamiApi.@Nullable WebsiteEvent more) {
        String query = first.activity().urlQuery();
        return new Entry(
                first.segment().websiteId(),
                first.segment().sessionId(),
                first.eventId(),
                first.at(),
                first.activity().urlPath(),
                query,
                more == null ? null : more.pageTitle(),
                first.activity().hostname(),
                first.activity().referrerDomain(),
                referrerUrl(first.activity().referrerDomain(), more),
                Campaigns.read(Campaigns.UTM, name -> null, query),
                Campaigns.read(Campaigns.CLICK_IDS, name -> null, query));
    }

    /** As from the database; only the host where the list does not say more. */
    private static @Nullable String referrerUrl(@Nullable String domain, UmamiApi.@Nullable WebsiteEvent more) {
        if (domain == null || domain.isEmpty()) {
            return null;
        }
        String path = more == null || more.referrerPath() == null ? "/" : more.referrerPath();
        String query = more == null ? null : more.referrerQuery();
        return "https://" + domain + path + (query == null || query.isEmpty() ? "" : "?" + query);
    }

    private Uni<List<Event>> withDevices(List<Found> events) {
        return devices(events).map(devices -> events.stream()
                .map(event -> event.toEvent(device(devices, event.segment().sessionId())))
                .toList());
    }

    /** By session. */
    private Uni<Map<UUID, Device>> devices(Collection<Found> events) {
        Map<UUID, Device> devices = new LinkedHashMap<>();
        return Multi.createFrom()
                .iterable(bySession(events).values())
                .onItem()
                .transformToUni(session -> device(session.get(0).segment()))
                .merge(AT_ONCE)
                .collect()
                .in(() -> devices, (all, known) -> all.put(known.session, known.device));
    }

    private record Known(UUID session, Device device) {}

    private Uni<Known> device(Segment segment) {
        return umami.session(segment.websiteId(), segment.sessionId())
                .map(UmamiApi.Session::toDevice)
                .onFailure(NoSuchElementException.class)
                .recoverWithItem(Device.UNKNOWN)
                .map(device -> new Known(segment.sessionId(), device));
    }

    private static Device device(Map<UUID, Device> devices, UUID session) {
        return devices.getOrDefault(session, Device.UNKNOWN);
    }

    private static Map<UUID, List<Found>> bySession(Collection<Found> events) {
        return events.stream()
                .collect(Collectors.groupingBy(event -> event.segment().sessionId()));
    }

    private static boolean isBefore(SessionTotals session, SessionPosition position) {
        int byTime = session.lastAt().compareTo(position.lastAt());
        return byTime < 0 || (byTime == 0 && Found.AS_POSTGRES.compare(session.sessionId(), position.sessionId()) < 0);
    }
}
