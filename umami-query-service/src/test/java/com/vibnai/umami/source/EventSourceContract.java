package com.vibnai.umami.source;

import static com.vibnai.umami.source.UmamiRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.vibnai.testkit.umami.UmamiSchema;
import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every source has to answer, whichever Umami is behind it. A subclass for each source runs all of it. */
public abstract class EventSourceContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BUDGET = Duration.ofSeconds(30);

    /** A source and the way to write what it reads. */
    public record World(EventSource source, UmamiRows rows) {

        public List<Segment> whole(UUID... sessions) {
            return List.of(sessions).stream()
                    .map(session -> new Segment(rows.website, session, null, null, false))
                    .toList();
        }
    }

    /** The same world for every test of a schema. */
    protected abstract World world(UmamiSchema schema);

    /** A time as the source tells it. */
    protected Instant told(String when) {
        return Instant.parse(when);
    }

    /** Whether it tells page titles and what was sent along; where not, its limits say so. */
    protected boolean tellsTitlesAndData() {
        return true;
    }

    protected static <T> T answer(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    @ParameterizedTest
    @EnumSource
    void countsPageViewsAndCustomEventsOfTheSegmentsAndNothingElse(UmamiSchema schema) {
        World world = world(schema);
        UUID laptop = world.rows.session();
        UUID phone = world.rows.session(row("device", "mobile", "browser", "ios", "country", "FR"));
        UUID visit = UUID.randomUUID();
        world.rows.pageview(laptop, "2026-03-01T09:59:59.999Z", "/before");
        world.rows.pageview(laptop, "2026-03-01T10:00:00Z", "/");
        world.rows.event(laptop, "2026-03-01T10:05:00Z", row("url_path", "/pricing", "visit_id", visit));
        world.rows.event(laptop, "2026-03-01T10:06:00Z", row("event_type", 2, "event_name", "cta", "visit_id", visit));
        world.rows.event(laptop, "2026-03-01T10:06:01Z", row("event_type", 5));
        world.rows.pageview(laptop, "2026-03-01T10:30:00Z", "/after");
        world.rows.pageview(phone, "2026-03-02T10:00:00Z", "/pricing");
        List<Segment> segments = List.of(
                new Segment(
                        world.rows.website,
                        laptop,
                        Instant.parse("2026-03-01T10:00:00Z"),
                        Instant.parse("2026-03-01T10:30:00Z"),
                        true),
                new Segment(world.rows.website, phone, null, null, false));

        Totals totals = answer(world.source.totals(segments, Instant.parse("2026-03-01T10:05:01Z")));

        assertThat(totals.sessions()).isEqualTo(2);
        assertThat(totals.visits()).isEqualTo(3);
        assertThat(totals.pageviews()).isEqualTo(3);
        assertThat(totals.events()).isEqualTo(1);
        assertThat(totals.pageviewsBeforeSignup()).isEqualTo(2);
        assertThat(totals.firstAt()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(totals.lastAt()).isEqualTo("2026-03-02T10:00:00Z");
        assertThat(totals.devices()).containsExactly("laptop", "mobile");
        assertThat(totals.browsers()).containsExactly("chrome", "ios");
        assertThat(totals.countries()).containsExactly("DE", "FR");
        assertThat(totals.topPages())
                .containsExactly(new Totals.PageCount("/pricing", 2), new Totals.PageCount("/", 1));
        assertThat(totals.truncated()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void readsWhereTheHistoryBegan(UmamiSchema schema) {
        World world = world(schema);
        UUID session = world.rows.session();
        String query = "utm_source=google&utm_medium=cpc&utm_campaign=a%20b&utm_id=7&gclid=Cj0&gbraid=gb1&fbclid=";
        UUID landing = world.rows.event(
                session,
                "2026-03-01T10:00:00Z",
                row(
                        "url_path", "/landing",
                        "url_query", query,
                        "referrer_domain", "google.com",
                        "referrer_path", "/search",
                        "referrer_query", "q=x",
                        "utm_source", "google",
                        "utm_medium", "cpc",
                        "utm_campaign", "a b",
                        "gclid", "Cj0"));
        world.rows.pageview(session, "2026-03-01T10:01:00Z", "/later");

        Entry entry = answer(world.source.first(world.whole(session))).orElseThrow();

        assertThat(entry.eventId()).isEqualTo(landing);
        assertThat(entry.urlPath()).isEqualTo("/landing");
        assertThat(entry.urlQuery()).isEqualTo(query);
        assertThat(entry.hostname()).isEqualTo("www.example.com");
        assertThat(entry.referrerDomain()).isEqualTo("google.com");
        assertThat(entry.utm())
                .isEqualTo(Map.of("utm_source", "google", "utm_medium", "cpc", "utm_campaign", "a b", "utm_id", "7"));
        assertThat(entry.clickIds()).isEqualTo(Map.of("gclid", "Cj0", "gbraid", "gb1"));
        assertThat(answer(world.source.totals(world.whole(session), null)).entry())
                .isEqualTo(entry);
    }

    @ParameterizedTest
    @EnumSource
    void hasNothingToTellOfASessionWithoutEvents(UmamiSchema schema) {
        World world = world(schema);
        List<Segment> segments = world.whole(UUID.randomUUID());

        assertThat(answer(world.source.totals(segments, Instant.EPOCH))).isEqualTo(Totals.none(Instant.EPOCH));
        assertThat(answer(world.source.first(segments))).isEmpty();
        assertThat(answer(world.source.latest(segments, null, 10))).isEmpty();
        assertThat(answer(world.source.sessions(segments, null, 10))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void showsEventsWithTheirDeviceNewestFirst(UmamiSchema schema) {
        World world = world(schema);
        UUID session = world.rows.session();
        UUID lost = UUID.randomUUID();
        world.rows.event(
                session,
                "2026-03-01T10:00:00.123456Z",
                row("url_path", "/a", "url_query", "x=1", "referrer_domain", "t.co"));
        world.rows.pageview(lost, "2026-03-01T10:00:30Z", "/b");
        world.rows.event(session, "2026-03-01T10:01:00Z", row("event_type", 2, "event_name", "cta"));
        world.rows.event(session, "2026-03-01T10:02:00Z", row("event_type", 5));

        List<Event> events = answer(world.source.latest(world.whole(session, lost), null, 10));

        assertThat(events)
                .extracting(Event::pageview, Event::urlPath, Event::eventName)
                .containsExactly(tuple(false, "/", "cta"), tuple(true, "/b", null), tuple(true, "/a", null));
        Event first = events.get(2);
        assertThat(first.occurredAt()).isEqualTo(told("2026-03-01T10:00:00.123456Z"));
        assertThat(first.urlQuery()).isEqualTo("x=1");
        assertThat(first.referrerDomain()).isEqualTo("t.co");
        assertThat(first.pageTitle()).isEqualTo(tellsTitlesAndData() ? "Title" : null);
        assertThat(first.hostname()).isEqualTo("www.example.com");
        assertThat(first.device())
                .isEqualTo(new Device("laptop", "chrome", "Linux", "1920x1080", "de-DE", "DE", "BE", "Berlin"));
        assertThat(events.get(1).device()).isEqualTo(Device.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void losesAndDoublesNothingBetweenPagesInBothDirections(UmamiSchema schema) {
        World world = world(schema);
        List<Segment> segments = new ArrayList<>();
        List<UUID> written = new ArrayList<>();
        for (int s = 0; s < 5; s++) {
            UUID session = world.rows.session();
            segments.addAll(world.whole(session));
            for (int i = 0; i < 7; i++) {
                written.add(world.rows.pageview(session, "2026-03-01T10:00:0" + i / 3 + ".5Z", "/" + i));
            }
        }

        List<Event> backwards = new ArrayList<>();
        EventPosition before = null;
        List<Event> page;
        do {
            page = answer(world.source.latest(segments, before, 4));
            backwards.addAll(page);
            before = page.isEmpty() ? null : page.get(page.size() - 1).position();
        } while (!page.isEmpty());
        List<Event> forwards = new ArrayList<>();
        EventPosition after = new EventPosition(Instant.EPOCH, new UUID(0, 0));
        do {
            page = answer(world.source.next(segments, after, 4));
            forwards.addAll(0, reversed(page));
            after = page.isEmpty() ? after : page.get(page.size() - 1).position();
        } while (!page.isEmpty());

        assertThat(backwards).extracting(Event::eventId).containsExactlyInAnyOrderElementsOf(written);
        assertThat(forwards).isEqualTo(backwards);
    }

    @ParameterizedTest
    @EnumSource
    void listsSessionsByTheirLastEventOnceEach(UmamiSchema schema) {
        World world = world(schema);
        List<Segment> segments = new ArrayList<>();
        List<UUID> expected = new ArrayList<>();
        for (int s = 0; s < 5; s++) {
            UUID session = world.rows.session();
            world.rows.pageview(session, "2026-03-01T10:00:00Z", "/a");
            world.rows.pageview(session, "2026-03-0" + (s + 2) + "T10:00:00Z", "/b");
            world.rows.event(session, "2026-03-01T11:00:00Z", row("event_type", 2, "event_name", "x"));
            // Two stretches of one session are one row.
            Instant cut = Instant.parse("2026-03-01T10:30:00Z");
            segments.add(new Segment(world.rows.website, session, null, cut, true));
            segments.add(new Segment(world.rows.website, session, cut, null, true));
            expected.add(0, session);
        }

        List<SessionTotals> first = answer(world.source.sessions(segments, null, 3));
        List<SessionTotals> second =
                answer(world.source.sessions(segments, first.get(2).position(), 3));

        List<SessionTotals> all = new ArrayList<>(first);
        all.addAll(second);
        assertThat(all).extracting(SessionTotals::sessionId).containsExactlyElementsOf(expected);
        assertThat(all).allSatisfy(session -> {
            assertThat(session.pageviews()).isEqualTo(2);
            assertThat(session.events()).isEqualTo(1);
            assertThat(session.visits()).isEqualTo(1);
            assertThat(session.firstAt()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(session.device().region()).isEqualTo("BE");
            assertThat(session.shared()).isTrue();
            assertThat(session.truncated()).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatWasSentAlongByType(UmamiSchema schema) {
        World world = world(schema);
        UUID session = world.rows.session();
        UUID event = world.rows.event(session, "2026-03-01T10:00:00Z", row("event_type", 2, "event_name", "buy"));
        world.rows.eventData(event, "plan", 1, row("string_value", "pro"));
        world.rows.eventData(
                event, "seats", 2, row("string_value", "3.0000", "number_value", new BigDecimal("3.0000")));
        world.rows.eventData(event, "annual", 3, row("string_value", "true"));
        world.rows.eventData(event, "ends", 4, row("date_value", UmamiRows.at("2026-12-31T00:00:00Z")));
        world.rows.eventData(event, "tags", 5, row("string_value", "[\"a\",\"b\"]"));
        world.rows.pageview(session, "2026-03-01T10:01:00Z", "/bare");
        List<Event> events = answer(world.source.latest(world.whole(session), null, 10));

        Map<UUID, Map<String, Object>> data = answer(world.source.data(events));

        if (!tellsTitlesAndData()) {
            assertThat(data).isEmpty();
            return;
        }
        assertThat(data).containsOnlyKeys(event);
        assertThat(data.get(event))
                .containsEntry("plan", "pro")
                .containsEntry("annual", true)
                .containsEntry("tags", List.of("a", "b"))
                .containsEntry("ends", Instant.parse("2026-12-31T00:00:00Z"));
        assertThat(new BigDecimal(String.valueOf(data.get(event).get("seats")))).isEqualByComparingTo("3");
    }

    @ParameterizedTest
    @EnumSource
    void readsTwoWebsitesInOneAnswer(UmamiSchema schema) {
        World world = world(schema);
        UUID console = UUID.randomUUID();
        world.rows.addWebsite(console, "console");
        UUID landing = world.rows.session();
        UUID app = world.rows.session(row("website_id", console));
        world.rows.pageview(landing, "2026-03-01T10:00:00Z", "/landing");
        world.rows.event(app, "2026-03-01T10:01:00Z", row("url_path", "/app", "website_id", console));
        List<Segment> segments = List.of(
                new Segment(world.rows.website, landing, null, null, false),
                new Segment(console, app, null, null, false));

        assertThat(answer(world.source.latest(segments, null, 10)))
                .extracting(Event::websiteId, Event::urlPath)
                .containsExactly(tuple(console, "/app"), tuple(world.rows.website, "/landing"));
        assertThat(answer(world.source.totals(segments, null)).pageviews()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatItIs(UmamiSchema schema) {
        World world = world(schema);

        SourceDescription found = answer(world.source.describe());

        assertThat(found.kind()).isIn("database", "api");
        assertThat(found.ways()).containsOnlyKeys(Set.of(Way.values()));
    }

    protected static List<Claim> claims(World world, Way way, String user) {
        return answer(world.source.claims(way, new UserNames(user), BUDGET));
    }

    private static List<Event> reversed(List<Event> page) {
        List<Event> turned = new ArrayList<>(page);
        Collections.reverse(turned);
        return turned;
    }
}
