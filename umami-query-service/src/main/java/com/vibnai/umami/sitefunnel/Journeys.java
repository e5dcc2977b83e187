package com.vibnai.umami.sitefunnel;

import com.vibnai.umami.identity.AttributionConfig;
import com.vibnai.umami.sitefunnel.JourneyClient.Item;
import com.vibnai.umami.sitefunnel.JourneyClient.JourneyPage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Asks attribution-service, in as many calls as it takes, each with one more try. */
@ApplicationScoped
class Journeys {

    /** Users that one funnel can start with at most. */
    static final int USERS = 50_000;

    /** What attribution-service takes in one call. */
    private static final int BATCH = 5000;

    private static final int PAGE = 500;
    private static final int AT_ONCE = 2;

    private final JourneyClient attribution;
    private final String bearer;

    Journeys(@RestClient JourneyClient attribution, AttributionConfig config) {
        this.attribution = attribution;
        this.bearer = "Bearer " + config.apiKey();
    }

    /**
     * Journeys.
     *
     * @param truncated whether there are more users than one funnel looks at
     */
    record Found(Collection<Journey> journeys, boolean truncated) {}

    /** Of everybody who was in one of these sessions. */
    Uni<Found> ofSessions(Collection<SessionKey> sessions, Question question) {
        return Multi.createFrom()
                .iterable(sessions)
                .group()
                .intoLists()
                .of(BATCH)
                .onItem()
                .transformToUni(some -> attribution
                        .ofSessions(
                                bearer,
                                conversions(question),
                                question.from().toString(),
                                question.until().toString(),
                                some)
                        .onFailure()
                        .retry()
                        .atMost(1))
                .merge(AT_ONCE)
                .collect()
                .in(HashMap<String, Journey>::new, (all, page) -> page.items()
                        .forEach(one -> all.merge(one.userId(), one, Journey::with)))
                .map(all -> new Found(all.values(), false));
    }

    /** Of everybody who reaches the first step in the range; for a funnel that Umami knows nothing of. */
    Uni<Found> starting(Question question) {
        return page(question, null, new ArrayList<>());
    }

    private Uni<Found> page(Question question, @Nullable String cursor, List<Journey> before) {
        return attribution
                .starting(
                        bearer,
                        question.steps().get(0).text(),
                        conversions(question),
                        question.from().toString(),
                        question.to().toString(),
                        question.until().toString(),
                        PAGE,
                        cursor)
                .onFailure()
                .retry()
                .atMost(1)
                .flatMap(page -> {
                    before.addAll(page.items());
                    return page.nextCursor() == null || before.size() >= USERS
                            ? Uni.createFrom().item(found(before, page))
                            : page(question, page.nextCursor(), before);
                });
    }

    private static Found found(List<Journey> journeys, JourneyPage last) {
        return new Found(journeys, last.nextCursor() != null);
    }

    /** The channels of these touches, in their order; {@value #BATCH} at most. */
    Uni<List<Optional<String>>> channels(List<Map<String, String>> touches) {
        return touches.isEmpty()
                ? Uni.createFrom().item(List.of())
                : attribution
                        .classify(bearer, touches)
                        .onFailure()
                        .retry()
                        .atMost(1)
                        .map(found -> found.items().stream()
                                .map(Item::channel)
                                .map(Optional::ofNullable)
                                .toList());
    }

    private static List<String> conversions(Question question) {
        return question.steps().stream()
                .filter(step -> step.kind() == Step.Kind.CONVERSION)
                .map(Step::value)
                .toList();
    }
}
