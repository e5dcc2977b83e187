package com.vibnai.umami.source.api;

import static com.vibnai.umami.source.UmamiRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.testkit.umami.api.ApiOptions;
import com.vibnai.umami.UmamiStack;
import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventSourceContract;
import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.SourceDescription;
import com.vibnai.umami.source.Totals;
import com.vibnai.umami.source.Way;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of every source, by Umami's REST API on the four generations of its schema; and what is the API's own. */
@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
@QuarkusTestResource(value = ApiStack.class, restrictToAnnotatedClass = true)
class ApiSourceTest extends EventSourceContract {

    private static final Map<UmamiSchema, ApiSite> SITES = new EnumMap<>(UmamiSchema.class);

    private final List<ApiSite> own = new ArrayList<>();

    @Inject
    QueryConfig query;

    @AfterAll
    static void closeSites() {
        SITES.values().forEach(ApiSite::close);
        SITES.clear();
    }

    @AfterEach
    void closeOwnSites() {
        own.forEach(ApiSite::close);
    }

    private ApiSite site(ApiOptions options) {
        ApiSite site = ApiSite.start(UmamiSchema.V3_1, options);
        own.add(site);
        return site;
    }

    private ApiSource source(ApiConfig config) {
        return ApiSite.source(config, query);
    }

    @Override
    protected World world(UmamiSchema schema) {
        ApiSite site = SITES.computeIfAbsent(schema, key -> ApiSite.start(key, ApiOptions.fresh()));
        return new World(source(TestApiConfig.login(site.url("/api"))), site.rows());
    }

    @Override
    protected Instant told(String when) {
        return Instant.parse(when).truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    protected boolean tellsTitlesAndData() {
        return false;
    }

    private static List<Segment> whole(ApiSite site, UUID... sessions) {
        return List.of(sessions).stream()
                .map(session -> new Segment(site.rows().website, session, null, null, false))
                .toList();
    }

    @Test
    void namesWhatItCannotTell() {
        ApiSite site = site(ApiOptions.fresh());

        SourceDescription found =
                answer(source(TestApiConfig.login(site.url("/api"))).describe());

        assertThat(found.kind()).isEqualTo("api");
        assertThat(found.limits()).anyMatch(limit -> limit.startsWith("event_data"));
        assertThat(found.limits()).anyMatch(limit -> limit.startsWith("page_title"));
        assertThat(found.limits()).anyMatch(limit -> limit.startsWith("Umami's version"));
        assertThat(found.cost(Way.DISTINCT_ID)).isEqualTo(Way.Cost.SCAN);
        assertThat(found.cost(Way.SESSION_DATA)).isEqualTo(Way.Cost.ABSENT);
        assertThat(found.websites())
                .extracting(SourceDescription.Website::websiteId)
                .containsExactly(site.rows().website);
    }

    @Test
    void entersTheCloudWithAKey() {
        ApiSite site = site(ApiOptions.fresh().withApiKey("api_k"));
        UUID session = site.rows().session();
        site.rows().pageview(session, "2026-03-01T10:00:00Z", "/a");

        ApiSource source = source(TestApiConfig.key(site.url("/v1"), "api_k"));

        assertThat(answer(source.latest(whole(site, session), null, 10))).hasSize(1);
        assertThatThrownBy(() -> answer(
                        source(TestApiConfig.key(site.url("/v1"), "other")).latest(whole(site, session), null, 10)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("refuses");
    }

    @Test
    void logsInOnceAndAgainWhenTheTokenHasEnded() {
        ApiSite site = site(ApiOptions.fresh());
        UUID session = site.rows().session();
        site.rows().pageview(session, "2026-03-01T10:00:00Z", "/a");
        ApiSource source = source(TestApiConfig.login(site.url("/api")));
        assertThat(answer(source.latest(whole(site, session), null, 10))).hasSize(1);

        site.umami().api().forgetLogins();
        List<List<Event>> answers = answer(Multi.createFrom()
                .range(0, 20)
                .onItem()
                .transformToUni(i -> source.latest(whole(site, session), null, 10))
                .merge(20)
                .collect()
                .asList());

        assertThat(answers).hasSize(20).allSatisfy(events -> assertThat(events).hasSize(1));
    }

    @Test
    void keepsToTheLimitOfCallsByWaiting() {
        ApiSite site = site(ApiOptions.fresh());
        UUID session = site.rows().session();
        site.rows().pageview(session, "2026-03-01T10:00:00Z", "/a");
        Duration window = Duration.ofMillis(400);
        ApiSource source = source(TestApiConfig.login(site.url("/api")).withCalls(5, window));
        Instant start = Instant.now();

        answer(Multi.createFrom()
                .range(0, 6)
                .onItem()
                .transformToUni(i -> source.latest(whole(site, session), null, 10))
                .merge(6)
                .collect()
                .asList());

        // Six answers take at least seven calls, so at least one had to wait for the next window.
        assertThat(site.umami().api().calls()).isGreaterThanOrEqualTo(7);
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(window);
    }

    @Test
    void leavesUmamiAloneForAsLongAsItSays() {
        ApiSite site = site(ApiOptions.fresh().withCalls(2));
        UUID session = site.rows().session();
        site.rows().pageview(session, "2026-03-01T10:00:00Z", "/a");
        ApiSource source = source(TestApiConfig.login(site.url("/api")));
        assertThat(answer(source.latest(whole(site, session), null, 10))).hasSize(1);

        // It waits, or fails at once where the time limit is shorter; either way it does not knock again before.
        answer(source.latest(whole(site, session), null, 10).onFailure().recoverWithItem(List.of()));

        assertThat(site.umami().api().refused()).isEqualTo(1);
    }

    @Test
    void readsBeyondFiveHundredEventsOfASession() {
        ApiSite site = site(ApiOptions.fresh());
        UUID session = site.rows().session();
        site.rows().pageview(session, "2026-03-01T00:00:00Z", "/first");
        site.rows().manyPageviews(session, "2026-03-01T00:00:01Z", 1200);
        ApiSource source = source(TestApiConfig.login(site.url("/api")));

        Totals totals = answer(source.totals(whole(site, session), null));

        assertThat(totals.pageviews()).isEqualTo(1201);
        assertThat(totals.truncated()).isFalse();
        assertThat(totals.firstAt()).isEqualTo("2026-03-01T00:00:00Z");
    }

    @Test
    void boundsItsWorkAndSaysSo() {
        ApiSite site = site(ApiOptions.fresh());
        UUID big = site.rows().session();
        site.rows().pageview(big, "2026-03-01T00:00:00Z", "/first");
        site.rows().manyPageviews(big, "2026-03-01T00:00:01Z", 1200);
        UUID other = site.rows().session();
        site.rows().pageview(other, "2026-03-02T00:00:00Z", "/other");
        ApiSource source = source(TestApiConfig.login(site.url("/api")).withBounds(1, 2));

        Totals pages = answer(source.totals(whole(site, big), null));
        Totals sessions = answer(source.totals(whole(site, other, big), null));

        assertThat(pages.truncated()).isTrue();
        assertThat(pages.pageviews()).isBetween(500L, 1000L);
        assertThat(pages.firstAt()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(sessions.truncated()).isTrue();
        assertThat(sessions.sessions()).isEqualTo(1);
    }

    @Test
    void findsSessionsByDistinctIdOnTheWebsitesItMayLookAt() {
        ApiSite site = site(ApiOptions.fresh());
        UUID session = site.rows().session(row("distinct_id", "ada"));
        site.rows().pageview(session, "2026-03-01T10:00:00Z", "/a");
        site.rows().pageview(site.rows().session(row("distinct_id", "bob")), "2026-03-01T10:00:00Z", "/b");
        TestApiConfig config = TestApiConfig.login(site.url("/api"));

        List<Claim> found = claims(new World(source(config), site.rows()), Way.DISTINCT_ID, "ada");
        List<Claim> elsewhere = claims(
                new World(source(config.withWebsites(Set.of(UUID.randomUUID()))), site.rows()), Way.DISTINCT_ID, "ada");

        assertThat(found)
                .containsExactly(new Claim(
                        "ada",
                        site.rows().website,
                        session,
                        Claim.Kind.SESSION,
                        null,
                        Instant.parse("2026-03-01T10:00:00Z")));
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void saysSoWhenNobodyAnswers() {
        ApiSite site = site(ApiOptions.fresh());
        ApiSource source = source(TestApiConfig.login(site.url("/api")));
        site.umami().close();

        assertThatThrownBy(() -> answer(source.latest(whole(site, UUID.randomUUID()), null, 10)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("does not answer");
    }
}
