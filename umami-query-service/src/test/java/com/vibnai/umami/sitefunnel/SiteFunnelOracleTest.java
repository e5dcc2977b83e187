package com.vibnai.umami.sitefunnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.generator.Generated;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.identity.AttributionConfig;
import com.vibnai.umami.sitefunnel.JourneyClient.JourneyPage;
import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.database.GeneratedUmami;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Funnels of generated visitors equal what trying every event of every visitor says, in which each event has its owner by
 * the plainest SQL beside it. The data has shared sessions, users with several, events at the same instant, two websites,
 * and paths with everything that means something in a pattern.
 */
class SiteFunnelOracleTest {

    private static final int EVENTS = 25_000;
    private static final int QUESTIONS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PATHS = List.of(
            "visit",
            "path:/pricing",
            "path:/docs*",
            "path:/app/*",
            "path:*",
            "path:/50%_o\\f'f\"",
            "path:/50%*",
            "path:*_o\\f'*",
            "path:/5___o*",
            "event:download",
            "event:cta-click",
            "path:/signup");
    private static final List<String> LATER =
            List.of("signup", "conversion:purchase", "conversion:o'n%e", "conversion:*");

    /** An event, signup or conversion of a visitor. */
    private record Happening(
            Instant at,
            Predicate<Step> is,
            @Nullable String campaign,
            @Nullable UUID website,
            @Nullable UUID session,
            UUID id) {

        boolean counts(Question question) {
            return website == null
                    || question.websites().isEmpty()
                    || question.websites().contains(website);
        }
    }

    private record Person(@Nullable Journey journey, List<Happening> happenings) {}

    @ParameterizedTest
    @EnumSource(names = {"V3_3", "V2_13"})
    void agreesWithTryingEveryEventOfEveryVisitor(UmamiSchema schema) throws SQLException {
        try (GeneratedUmami umami = new GeneratedUmami(schema, EVENTS, Map.of())) {
            // Given
            umami.grow(EVENTS / 5);
            umami.database().execute("""
                    UPDATE website_event SET created_at = date_trunc('hour', created_at)
                    WHERE hashtext(session_id::text) % 3 = 0;
                    UPDATE website_event SET url_path = '/50%_o\\f''f"' WHERE hashtext(event_id::text) % 20 = 0;
                    UPDATE website_event SET url_path = '/50xyo\\f''f"' WHERE hashtext(event_id::text) % 20 = 1;
                    ANALYZE website_event
                    """);
            umami.writeOwners();
            Random random = new Random(17);
            Map<String, Journey> journeys = journeys(umami, random);
            SiteFunnelService service = service(umami, journeys);
            Map<String, Person> people = people(umami, journeys);
            int[] reached = new int[8];
            for (int i = 0; i < QUESTIONS; i++) {
                Question question = question(random, umami);

                // When
                SiteFunnelResponse answer = service.of(question).await().atMost(PATIENCE);

                // Then
                List<List<Instant>> chains = new ArrayList<>();
                Map<Optional<String>, List<List<Instant>>> groups = new HashMap<>();
                Set<UUID> seen = sessionsSeen(people.values(), question);
                people.values().forEach(person -> {
                    List<Instant> chain = chain(person, question);
                    if (!chain.isEmpty()) {
                        chains.add(chain);
                        groups.computeIfAbsent(campaign(person, question, seen), key -> new ArrayList<>())
                                .add(chain);
                    }
                });
                assertThat(answer.truncated()).isFalse();
                assertThat(answer.degraded()).isFalse();
                assertThat(answer.steps())
                        .as(question.toString())
                        .isEqualTo(named(figures(chains, question), question));
                if (question.by() == Question.By.UTM_CAMPAIGN) {
                    assertThat(answer.groups().stream()
                                    .collect(Collectors.toMap(
                                            group -> Optional.ofNullable(group.value()),
                                            SiteFunnelResponse.Group::steps)))
                            .as(question.toString())
                            .isEqualTo(groups.entrySet().stream()
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey, group -> figures(group.getValue(), question))));
                }
                for (int step = 0; step < question.steps().size(); step++) {
                    reached[step] += answer.steps().get(step).visitors();
                }
            }
            assertThat(reached[0]).as("somebody reaches the first step").isPositive();
            assertThat(reached[3]).as("and some the fourth").isPositive();
        }
    }

    private static Question question(Random random, GeneratedUmami umami) {
        List<String> steps = new ArrayList<>();
        int inUmami = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3);
        List<String> early = new ArrayList<>(PATHS.subList(1, PATHS.size()));
        Collections.shuffle(early, random);
        if (inUmami > 0) {
            steps.addAll(early.subList(0, inUmami));
            if (random.nextBoolean()) {
                steps.set(0, "visit");
            }
        }
        List<String> late = new ArrayList<>(LATER);
        Collections.shuffle(late, random);
        steps.addAll(late.subList(0, Math.max(2 - inUmami, random.nextInt(LATER.size()))));
        Instant from = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofHours(random.nextInt(3000)));
        return new Question(
                Step.parse(steps),
                random.nextInt(3) > 0 ? List.of() : List.of(umami.website()),
                from,
                from.plus(Duration.ofHours(1 + random.nextInt(2000))),
                Duration.ofDays(1 + random.nextInt(40)),
                random.nextBoolean() ? Question.By.UTM_CAMPAIGN : Question.By.NONE);
    }

    /** Everybody with a link; those of the sample have signed up, and some of all have converted. */
    private static Map<String, Journey> journeys(GeneratedUmami umami, Random random) {
        Map<String, Instant> signups =
                umami.users().stream().collect(Collectors.toMap(Generated.User::userId, Generated.User::signedUpAt));
        Map<String, List<Journey.Stretch>> stretches = new TreeMap<>();
        umami.sessions().forEach(session -> umami.ownersOf(session)
                .forEach((user, segments) -> segments.forEach(segment -> stretches
                        .computeIfAbsent(user, key -> new ArrayList<>())
                        .add(stretch(segment)))));
        Map<String, Journey> journeys = new TreeMap<>();
        stretches.forEach((user, own) -> {
            Instant signup = random.nextInt(10) == 0 ? null : signups.get(user);
            List<Journey.Conversion> conversions = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                Instant at = signups.getOrDefault(user, Instant.parse("2026-03-01T00:00:00Z"));
                conversions.add(new Journey.Conversion(
                        random.nextBoolean() ? "purchase" : "o'n%e", at.plus(Duration.ofHours(random.nextInt(400)))));
            }
            journeys.put(
                    user,
                    new Journey(
                            user,
                            signup,
                            "Direct",
                            random.nextBoolean() ? "stored-" + random.nextInt(3) : null,
                            own,
                            conversions,
                            false));
        });
        return journeys;
    }

    private static Journey.Stretch stretch(Segment segment) {
        return new Journey.Stretch(segment.websiteId(), segment.sessionId(), segment.from(), segment.until());
    }

    private static SiteFunnelService service(GeneratedUmami umami, Map<String, Journey> journeys) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SiteFunnelConfig.class)
                .withMapping(AttributionConfig.class)
                .withDefaultValue("umami.site-funnel.timeout", PATIENCE.toString())
                .withDefaultValue("umami.attribution.url", "http://localhost")
                .withDefaultValue("umami.attribution.api-key", "key")
                .build();
        Journeys asked =
                new Journeys(new InMemory(journeys).client(), config.getConfigMapping(AttributionConfig.class));
        return new SiteFunnelService(
                umami.source(),
                asked,
                new Origins(umami.source(), asked),
                config.getConfigMapping(SiteFunnelConfig.class));
    }

    /** Answers as attribution-service does, a few at a time. It must not look like a client of Quarkus. */
    private record InMemory(Map<String, Journey> journeys) {

        private static final int PAGE = 37;

        JourneyClient client() {
            return (JourneyClient) Proxy.newProxyInstance(
                    JourneyClient.class.getClassLoader(),
                    new Class<?>[] {JourneyClient.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "ofSessions" -> ofSessions((List<?>) arguments[4]);
                        case "starting" -> starting((String) arguments[7]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }

        private Uni<JourneyPage> ofSessions(List<?> sessions) {
            Set<UUID> asked = sessions.stream()
                    .map(session -> ((SessionKey) session).sessionId())
                    .collect(Collectors.toSet());
            return Uni.createFrom()
                    .item(new JourneyPage(
                            journeys.values().stream()
                                    .map(journey -> asked(journey, asked))
                                    .filter(journey -> !journey.sessions().isEmpty())
                                    .toList(),
                            null));
        }

        private static Journey asked(Journey journey, Set<UUID> sessions) {
            return new Journey(
                    journey.userId(),
                    journey.signedUpAt(),
                    journey.channel(),
                    journey.utmCampaign(),
                    journey.sessions().stream()
                            .filter(stretch -> sessions.contains(stretch.sessionId()))
                            .toList(),
                    journey.conversions(),
                    false);
        }

        private Uni<JourneyPage> starting(@Nullable String cursor) {
            List<Journey> all = journeys.values().stream()
                    .map(journey -> asked(journey, Set.of()))
                    .toList();
            int place = cursor == null ? 0 : Integer.parseInt(cursor);
            int end = Math.min(place + PAGE, all.size());
            return Uni.createFrom()
                    .item(new JourneyPage(all.subList(place, end), end < all.size() ? Integer.toString(end) : null));
        }
    }

    private static Map<String, Person> people(GeneratedUmami umami, Map<String, Journey> journeys) throws SQLException {
        Map<String, Person> people = new LinkedHashMap<>();
        journeys.forEach((user, journey) -> {
            Person person = new Person(journey, new ArrayList<>());
            people.put("user " + user, person);
            if (journey.signedUpAt() != null) {
                person.happenings.add(
                        later(journey.signedUpAt(), step -> step.text().equals("signup")));
            }
            journey.conversions()
                    .forEach(one -> person.happenings.add(later(
                            one.occurredAt(),
                            step -> step.text().equals("conversion:*")
                                    || step.text().equals("conversion:" + one.name()))));
        });
        try (Connection connection = umami.database().connect();
                PreparedStatement query =
                        connection.prepareStatement("SELECT coalesce('user ' || owner, session_id::text),"
                                + " website_id, session_id, event_id, created_at, event_type, url_path, event_name,"
                                + " substring(url_query FROM 'utm_campaign=([^&]*)') FROM owned");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                people.computeIfAbsent(rows.getString(1), key -> new Person(null, new ArrayList<>()))
                        .happenings
                        .add(event(rows));
            }
        }
        return people;
    }

    private static Happening later(Instant at, Predicate<Step> is) {
        return new Happening(at, is, null, null, null, new UUID(0, 0));
    }

    private static Happening event(ResultSet rows) throws SQLException {
        boolean view = rows.getInt(6) == 1;
        String path = rows.getString(7);
        String name = rows.getString(8);
        return new Happening(
                rows.getObject(5, OffsetDateTime.class).toInstant(),
                step -> switch (step.text().split(":", 2)[0]) {
                    case "visit" -> view;
                    case "path" ->
                        view
                                && path.matches(
                                        Stream.of(step.text().substring(5).split("\\*", -1))
                                                .map(Pattern::quote)
                                                .collect(Collectors.joining(".*")));
                    case "event" -> !view && step.text().equals("event:" + name);
                    default -> false;
                },
                rows.getString(9),
                rows.getObject(2, UUID.class),
                rows.getObject(3, UUID.class),
                rows.getObject(4, UUID.class));
    }

    /** Tries every start, and from each takes what can be reached, step by step. */
    private static List<Instant> chain(Person person, Question question) {
        List<Instant> best = List.of();
        List<Happening> happenings =
                person.happenings.stream().filter(one -> one.counts(question)).toList();
        List<Instant> starts = happenings.stream()
                .filter(one -> one.is.test(question.steps().get(0)))
                .map(Happening::at)
                .filter(at -> !at.isBefore(question.from()) && at.isBefore(question.to()))
                .sorted()
                .toList();
        for (Instant start : starts) {
            List<Instant> chain = new ArrayList<>(List.of(start));
            for (Step step : question.steps().subList(1, question.steps().size())) {
                Optional<Instant> next = happenings.stream()
                        .filter(one -> one.is.test(step))
                        .map(Happening::at)
                        .filter(at -> !at.isBefore(chain.get(chain.size() - 1)))
                        .filter(at -> !at.isAfter(start.plus(question.window())))
                        .min(Comparator.naturalOrder());
                if (next.isEmpty()) {
                    break;
                }
                chain.add(next.get());
            }
            if (chain.size() > best.size()) {
                best = chain;
            }
        }
        return best;
    }

    /** Those with an event that is a step. */
    private static Set<UUID> sessionsSeen(Collection<Person> people, Question question) {
        return people.stream()
                .flatMap(person -> person.happenings.stream())
                .filter(one -> one.session != null && one.counts(question))
                .filter(one -> !one.at.isBefore(question.from()))
                .filter(one -> (one.is.test(question.steps().get(0)) && one.at.isBefore(question.to()))
                        || (one.at.isBefore(question.until())
                                && question.steps().stream().skip(1).anyMatch(one.is)))
                .map(Happening::session)
                .collect(Collectors.toSet());
    }

    private static Optional<String> campaign(Person person, Question question, Set<UUID> seen) {
        if (person.journey != null && person.journey.signedUpAt() != null) {
            return Optional.ofNullable(person.journey.utmCampaign());
        }
        return person.happenings.stream()
                .filter(one -> one.session != null && seen.contains(one.session))
                .filter(one -> !one.at.isBefore(question.from()) && one.at.isBefore(question.to()))
                .min(Comparator.comparing(Happening::at).thenComparing(one -> one.id.toString()))
                .map(Happening::campaign);
    }

    private static List<SiteFunnelResponse.Step> figures(List<List<Instant>> chains, Question question) {
        List<SiteFunnelResponse.Step> figures = new ArrayList<>();
        for (int i = 0; i < question.steps().size(); i++) {
            int step = i;
            List<List<Instant>> here =
                    chains.stream().filter(chain -> chain.size() > step).toList();
            long before = chains.stream()
                    .filter(chain -> chain.size() > Math.max(step - 1, 0))
                    .count();
            long[] seconds = step == 0
                    ? new long[0]
                    : here.stream()
                            .mapToLong(chain -> Duration.between(chain.get(step - 1), chain.get(step))
                                    .toSeconds())
                            .sorted()
                            .toArray();
            figures.add(new SiteFunnelResponse.Step(
                    here.size(),
                    chains.isEmpty() ? null : here.size() / (double) chains.size(),
                    before == 0 ? null : here.size() / (double) before,
                    seconds.length == 0 ? null : seconds[(seconds.length + 1) / 2 - 1]));
        }
        return figures;
    }

    private static List<SiteFunnelResponse.NamedStep> named(List<SiteFunnelResponse.Step> figures, Question question) {
        List<SiteFunnelResponse.NamedStep> named = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            named.add(figures.get(i)
                    .named(Objects.requireNonNull(question.steps().get(i)).text()));
        }
        return named;
    }
}
