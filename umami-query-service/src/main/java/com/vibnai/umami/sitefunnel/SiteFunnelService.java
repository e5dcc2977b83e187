package com.vibnai.umami.sitefunnel;

import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.sitefunnel.Journeys.Found;
import com.vibnai.umami.source.EventSource;
import com.vibnai.umami.source.Occurrences;
import com.vibnai.umami.source.SourceDescription;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Works out funnels of the site, a few at a time. */
@ApplicationScoped
class SiteFunnelService {

    private static final Logger LOG = Logger.getLogger(SiteFunnelService.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int GROUPS = 20;

    private static final Comparator<SiteFunnelResponse.Group> LARGEST = Comparator.comparing(
                    (SiteFunnelResponse.Group group) -> group.steps().get(0).visitors())
            .reversed()
            .thenComparing(SiteFunnelResponse.Group::value, Comparator.nullsLast(Comparator.naturalOrder()));

    private final EventSource source;
    private final Journeys journeys;
    private final Origins origins;
    private final SiteFunnelConfig config;
    private final AtomicInteger running = new AtomicInteger();

    SiteFunnelService(EventSource source, Journeys journeys, Origins origins, SiteFunnelConfig config) {
        this.source = source;
        this.journeys = journeys;
        this.origins = origins;
        this.config = config;
    }

    /** The funnel; 429 while as many as may be are worked out, 503 when it takes too long. */
    Uni<SiteFunnelResponse> of(Question question) {
        return Uni.createFrom().deferred(() -> {
            if (running.incrementAndGet() > config.atOnce()) {
                running.decrementAndGet();
                throw ApiException.tooMany("Other funnels are being worked out; try again.", RETRY);
            }
            return answer(question)
                    .ifNoItem()
                    .after(config.timeout())
                    .failWith(() -> ApiException.unavailable("It takes too long; ask for a shorter range.", RETRY))
                    .onTermination()
                    .invoke(running::decrementAndGet);
        });
    }

    private Uni<SiteFunnelResponse> answer(Question question) {
        Notes notes = new Notes();
        return source.describe()
                .map(found -> websites(question, found, notes))
                .flatMap(websites -> source.occurrences(
                        websites, question.actions(), question.from(), question.to(), question.until()))
                .invoke(found -> sayHowFar(found, notes))
                .flatMap(found -> known(question, found, notes)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .flatMap(known -> counted(known, found, notes)));
    }

    private static List<UUID> websites(Question question, SourceDescription source, Notes notes) {
        if (!question.websites().isEmpty()) {
            return question.websites();
        }
        if (source.websites().isEmpty() && question.startsInUmami()) {
            notes.say("Umami names no websites: ask with website_id.");
        }
        if (source.websites().size() > Question.WEBSITES) {
            notes.cut("Only the first %d websites were read.".formatted(Question.WEBSITES));
        }
        return source.websites().stream()
                .limit(Question.WEBSITES)
                .map(SourceDescription.Website::websiteId)
                .toList();
    }

    private static void sayHowFar(Occurrences found, Notes notes) {
        if (found.readUntil() != null) {
            notes.cut("Umami has more events in this range than one answer reads: those before %s were read."
                    .formatted(found.readUntil()));
        }
    }

    /** What is left of the question, and who is known. */
    private record Known(Question question, Collection<Journey> journeys) {}

    private Uni<Known> known(Question question, Occurrences found, Notes notes) {
        Set<SessionKey> sessions = found.found().stream()
                .map(one -> new SessionKey(one.websiteId(), one.sessionId()))
                .collect(Collectors.toSet());
        Uni<Found> journeysFound =
                question.startsInUmami() ? journeys.ofSessions(sessions, question) : journeys.starting(question);
        return journeysFound
                .invoke(known -> sayWhoIsMissing(known, notes))
                .map(known -> new Known(question, known.journeys()))
                .onFailure()
                .recoverWithUni(failure -> nobodyKnown(question, failure, notes));
    }

    private static void sayWhoIsMissing(Found known, Notes notes) {
        if (known.truncated()) {
            notes.cut("Only the first %,d users of the range were read.".formatted(Journeys.USERS));
        }
        if (known.journeys().stream().anyMatch(Journey::truncated)) {
            notes.cut("Of users with very many conversions only the first ones were read.");
        }
    }

    private static Uni<Known> nobodyKnown(Question question, Throwable failure, Notes notes) {
        LOG.debugf(failure, "journeys");
        if (!question.startsInUmami()) {
            return Uni.createFrom()
                    .failure(ApiException.unavailable(
                            "attribution-service does not answer, and nobody else knows of these steps; try again.",
                            RETRY));
        }
        notes.degrade("attribution-service does not answer: each session of Umami counts as a visitor.");
        Question rest = question.inUmamiAlone();
        question.steps().stream()
                .skip(rest.steps().size())
                .forEach(step -> notes.say("The step " + step.text() + " is left out."));
        return Uni.createFrom().item(new Known(rest, List.of()));
    }

    private Uni<SiteFunnelResponse> counted(Known known, Occurrences found, Notes notes) {
        Question question = known.question();
        Visitors visitors = new Visitors(question, known.journeys());
        visitors.did(found.found());
        Map<Visitor, List<Instant>> chains = new LinkedHashMap<>();
        for (Visitor visitor : visitors.all()) {
            List<Instant> chain = Chain.of(visitor.times(), question.window());
            if (!chain.isEmpty()) {
                chains.put(visitor, chain);
            }
        }
        return groups(chains, visitors, question, notes).map(groups -> response(question, chains, groups, notes));
    }

    private Uni<List<SiteFunnelResponse.Group>> groups(
            Map<Visitor, List<Instant>> chains, Visitors visitors, Question question, Notes notes) {
        if (question.by() == Question.By.NONE) {
            return Uni.createFrom().item(List.of());
        }
        return origins.of(chains.keySet(), visitors, question, notes).map(of -> groups(chains, of, question, notes));
    }

    private static List<SiteFunnelResponse.Group> groups(
            Map<Visitor, List<Instant>> chains,
            Map<Visitor, Optional<String>> origins,
            Question question,
            Notes notes) {
        Map<Optional<String>, List<List<Instant>>> byValue = new HashMap<>();
        origins.forEach((visitor, value) ->
                byValue.computeIfAbsent(value, key -> new ArrayList<>()).add(chains.getOrDefault(visitor, List.of())));
        if (byValue.size() > GROUPS) {
            notes.say("%,d smaller groups are left out.".formatted(byValue.size() - GROUPS));
        }
        return byValue.entrySet().stream()
                .map(group -> new SiteFunnelResponse.Group(
                        group.getKey().orElse(null),
                        Figures.of(group.getValue(), question.steps().size())))
                .sorted(LARGEST)
                .limit(GROUPS)
                .toList();
    }

    private static SiteFunnelResponse response(
            Question question, Map<Visitor, List<Instant>> chains, List<SiteFunnelResponse.Group> groups, Notes notes) {
        List<SiteFunnelResponse.Step> figures =
                Figures.of(List.copyOf(chains.values()), question.steps().size());
        List<SiteFunnelResponse.NamedStep> steps = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            steps.add(figures.get(i).named(question.steps().get(i).text()));
        }
        return new SiteFunnelResponse(
                question.from(),
                question.to(),
                (int) question.window().toDays(),
                question.by().label(),
                steps,
                groups,
                notes.isTruncated(),
                notes.sentences(),
                notes.isDegraded());
    }
}
