package com.vibnai.umami.source.database;

import static com.vibnai.umami.source.UmamiRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.source.Action;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Claim.Kind;
import com.vibnai.umami.source.Entry;
import com.vibnai.umami.source.EventSourceContract;
import com.vibnai.umami.source.Occurrences;
import com.vibnai.umami.source.Occurrences.Occurrence;
import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.SourceDescription;
import com.vibnai.umami.source.SourceDescription.Index;
import com.vibnai.umami.source.UmamiRows;
import com.vibnai.umami.source.UserNames;
import com.vibnai.umami.source.Way;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract on Umami's PostgreSQL, in four generations of its schema; and what only a database can show. */
class DatabaseSourceTest extends EventSourceContract {

    private static final Map<UmamiSchema, DatabaseWorld> WORLDS = new EnumMap<>(UmamiSchema.class);

    @Override
    protected World world(UmamiSchema schema) {
        return WORLDS.computeIfAbsent(schema, made -> new DatabaseWorld(made, Map.of()))
                .world();
    }

    @AfterAll
    static void closeWorlds() {
        WORLDS.values().forEach(DatabaseWorld::close);
        WORLDS.clear();
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhichUmamiItIs(UmamiSchema schema) {
        SourceDescription found = answer(world(schema).source().describe());

        assertThat(found.kind()).isEqualTo("database");
        assertThat(found.versions())
                .isEqualTo(
                        switch (schema) {
                            case V2_13 -> "2.13 to 2.17";
                            case V2_18 -> "2.18 to 3.0";
                            case V3_1 -> "3.1 to 3.2";
                            case V3_3 -> "3.3 or later";
                        });
        assertThat(found.cost(Way.SESSION_LINK))
                .isEqualTo(schema == UmamiSchema.V3_3 ? Way.Cost.CHEAP : Way.Cost.ABSENT);
        assertThat(found.cost(Way.DISTINCT_ID))
                .isEqualTo(schema == UmamiSchema.V2_13 ? Way.Cost.ABSENT : Way.Cost.SCAN);
        assertThat(found.cost(Way.SESSION_DATA)).isEqualTo(Way.Cost.SCAN);
        assertThat(found.limits()).isEmpty();
        assertThat(found.websites()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "V2_13", mode = EnumSource.Mode.EXCLUDE)
    void findsTheSessionsOfADistinctId(UmamiSchema schema) {
        World world = world(schema);
        String user = "o'hara %_ " + UUID.randomUUID().toString().substring(0, 8);
        UUID session = world.rows().session(row("distinct_id", user, "created_at", rowsAt("2026-02-01T00:00:00Z")));
        world.rows().session(row("distinct_id", "somebody else"));

        assertThat(claims(world, Way.DISTINCT_ID, user))
                .containsExactly(new Claim(
                        user,
                        world.rows().website,
                        session,
                        Kind.IDENTIFIED,
                        null,
                        Instant.parse("2026-02-01T00:00:00Z")));
        assertThat(claims(world, Way.DISTINCT_ID, "%")).isEmpty();
    }

    @Test
    void findsALongIdByTheHashThatTheTrackerSends() {
        World world = world(UmamiSchema.V3_1);
        String user = "u".repeat(40) + UUID.randomUUID();
        UUID session = world.rows().session(row("distinct_id", new UserNames(user).distinctId()));

        assertThat(claims(world, Way.DISTINCT_ID, user))
                .extracting(Claim::userId, Claim::sessionId)
                .containsExactly(tuple(user, session));
    }

    @ParameterizedTest
    @EnumSource
    void findsTheSessionsThatWereToldTheUserAndWhoElseWasInThem(UmamiSchema schema) {
        World world = world(schema);
        String user = "user-" + UUID.randomUUID();
        UUID session = world.rows().session();
        UUID other = world.rows().session();
        world.rows().sessionData(session, "plan", "pro", "2026-02-01T00:00:00Z");
        world.rows().sessionData(session, "user_id", user, "2026-02-01T00:00:00Z");
        world.rows().sessionData(session, "id", "a plan's id", "2026-02-01T00:00:00Z");
        world.rows().sessionData(other, "nickname", user, "2026-02-01T00:00:00Z");
        if (schema != UmamiSchema.V3_3) {
            // Parallel calls left doubles, and before 3.1 each login a row of its own.
            world.rows().sessionData(session, "user_id", user, "2026-02-01T00:00:00.001Z");
            world.rows().sessionData(session, "user_id", "colleague", "2026-02-02T00:00:00Z");
        }

        List<Claim> claims = claims(world, Way.SESSION_DATA, user);

        assertThat(claims)
                .contains(new Claim(
                        user, world.rows().website, session, Kind.SESSION, null, Instant.parse("2026-02-01T00:00:00Z")))
                .extracting(Claim::userId)
                .containsExactlyInAnyOrderElementsOf(
                        schema == UmamiSchema.V3_3 ? List.of(user) : List.of(user, "colleague"));
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhenActionsHappenedOnASite(UmamiSchema schema) {
        World world = world(schema);
        UUID session = world.rows().session();
        UUID elsewhere = UUID.randomUUID();
        Instant from = Instant.parse("2026-05-01T10:00:00Z");
        world.rows().pageview(session, "2026-05-01T09:59:59.999999Z", "/pricing");
        world.rows().pageview(session, "2026-05-01T10:00:00Z", "/pricing");
        world.rows().event(session, "2026-05-01T10:01:00Z", row("event_type", 2, "event_name", "cta"));
        world.rows().event(session, "2026-05-01T10:01:00Z", row("event_type", 5));
        world.rows().event(session, "2026-05-01T10:02:00Z", row("website_id", elsewhere, "url_path", "/pricing"));
        world.rows().pageview(session, "2026-05-01T11:00:00Z", "/pricing/team");
        world.rows().pageview(session, "2026-05-01T11:30:00Z", "/");
        world.rows().pageview(session, "2026-05-01T12:00:00Z", "/pricing/team");

        Occurrences found = answer(world.source()
                .occurrences(
                        List.of(world.rows().website),
                        List.of(
                                new Action(Action.Kind.VISIT, ""),
                                new Action(Action.Kind.PATH, "/pricing*"),
                                new Action(Action.Kind.EVENT, "cta")),
                        from,
                        from.plusSeconds(3600),
                        from.plusSeconds(7200)));

        assertThat(found.readUntil()).isNull();
        assertThat(found.found())
                .containsExactlyInAnyOrder(
                        new Occurrence(world.rows().website, session, from, 0b011),
                        new Occurrence(world.rows().website, session, from.plusSeconds(60), 0b100),
                        new Occurrence(world.rows().website, session, from.plusSeconds(3600), 0b010));
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheFirstEventOfEachSegment(UmamiSchema schema) {
        World world = world(schema);
        UUID one = world.rows().session();
        UUID empty = world.rows().session();
        world.rows().event(one, "2026-05-01T10:00:00Z", row("url_path", "/a", "url_query", "utm_source=x"));
        world.rows().pageview(one, "2026-05-01T11:00:00Z", "/b");
        Instant later = Instant.parse("2026-05-01T10:30:00Z");
        UUID website = world.rows().website;

        assertThat(answer(world.source()
                        .firstOfEach(List.of(
                                new Segment(website, one, null, later, false),
                                new Segment(website, one, later, null, false),
                                new Segment(website, empty, null, null, false)))))
                .extracting(Entry::urlPath, entry -> entry.utm().get("utm_source"), Entry::hostname)
                .containsExactlyInAnyOrder(tuple("/a", "x", "www.example.com"), tuple("/b", null, "www.example.com"));
    }

    @Test
    void findsAnIdThatUmamiTookForANumber() {
        World world = world(UmamiSchema.V3_1);
        String user = Integer.toString(1_000_000 + new Random().nextInt(8_000_000));
        UUID session = world.rows().session();
        world.rows().sessionData(session, "userId", user + ".0000", "2026-02-01T00:00:00Z");

        assertThat(claims(world, Way.SESSION_DATA, user))
                .extracting(Claim::userId, Claim::sessionId)
                .containsExactly(tuple(user, session));
    }

    @Test
    void findsLinkedSessionsWithEverybodyWhoWasIn() {
        World world = world(UmamiSchema.V3_3);
        String user = "user-" + UUID.randomUUID();
        UUID session = world.rows().session(row("distinct_id", "second"));
        world.rows().sessionLink(session, user, "2026-02-01T00:00:00Z");
        world.rows().sessionLink(session, "second", "2026-02-03T00:00:00Z");

        assertThat(claims(world, Way.SESSION_LINK, user))
                .containsExactlyInAnyOrder(
                        new Claim(
                                user,
                                world.rows().website,
                                session,
                                Kind.SESSION,
                                null,
                                Instant.parse("2026-02-01T00:00:00Z")),
                        new Claim(
                                "second",
                                world.rows().website,
                                session,
                                Kind.SESSION,
                                null,
                                Instant.parse("2026-02-03T00:00:00Z")));
    }

    @Test
    void noticesTheIndexesThatAnOperatorAdds() {
        try (DatabaseWorld own = new DatabaseWorld(UmamiSchema.V3_1, Map.of("umami.query.detect-every", "0s"))) {
            SourceDescription before = answer(own.source.describe());
            assertThat(before.cost(Way.DISTINCT_ID)).isEqualTo(Way.Cost.SCAN);
            List<String> advice = before.indexes().stream()
                    .filter(index -> !index.present())
                    .map(Index::statement)
                    .toList();
            assertThat(advice).hasSize(2);

            advice.forEach(own.database::execute);

            SourceDescription after = answer(own.source.describe());
            assertThat(after.indexes()).allMatch(Index::present);
            assertThat(after.cost(Way.DISTINCT_ID)).isEqualTo(Way.Cost.CHEAP);
            assertThat(after.cost(Way.SESSION_DATA)).isEqualTo(Way.Cost.CHEAP);
            UUID session = own.rows.session(row("distinct_id", "jane"));
            own.rows.sessionData(session, "userId", "jane", "2026-02-01T00:00:00Z");
            assertThat(claims(own.world(), Way.DISTINCT_ID, "jane"))
                    .extracting(Claim::sessionId)
                    .contains(session);
            assertThat(claims(own.world(), Way.SESSION_DATA, "jane"))
                    .extracting(Claim::sessionId)
                    .contains(session);
        }
    }

    @Test
    void readsAnUnknownFutureSchemaThatHasWhatIsNeeded() {
        try (DatabaseWorld own = new DatabaseWorld(UmamiSchema.V3_3, Map.of())) {
            UUID session = own.rows.session();
            own.database.execute("""
                    ALTER TABLE website_event
                        DROP COLUMN page_title, DROP COLUMN utm_source, DROP COLUMN referrer_path, DROP COLUMN hostname,
                        ADD COLUMN mood text;
                    ALTER TABLE session DROP COLUMN city, DROP COLUMN region, ADD COLUMN planet text;
                    DROP TABLE session_data, event_data, session_link, website
                    """);
            own.database.execute("INSERT INTO website_event (event_id, website_id, session_id, visit_id, url_path,"
                    + " url_query) VALUES (gen_random_uuid(), '" + own.rows.website + "', '" + session + "', '"
                    + session + "', '/x', 'utm_source=mars')");

            var event = answer(own.source.latest(own.world().whole(session), null, 5))
                    .get(0);
            var entry = answer(own.source.first(own.world().whole(session))).orElseThrow();
            SourceDescription found = answer(own.source.describe());

            assertThat(event.urlPath()).isEqualTo("/x");
            assertThat(event.hostname()).isNull();
            assertThat(event.device().city()).isNull();
            assertThat(entry.utm()).containsEntry("utm_source", "mars");
            assertThat(found.limits())
                    .anyMatch(limit -> limit.contains("hostname"))
                    .anyMatch(limit -> limit.contains("event_data"));
            assertThat(answer(own.source.data(List.of(event)))).isEmpty();
        }
    }

    @Test
    void namesWhatIsMissingInADatabaseThatItCannotRead() {
        try (DatabaseWorld own = new DatabaseWorld(UmamiSchema.V3_1, Map.of())) {
            own.database.execute("ALTER TABLE website_event DROP COLUMN url_path, DROP COLUMN visit_id");

            assertThatThrownBy(() -> answer(own.source.describe()))
                    .hasMessageContaining("website_event.url_path")
                    .hasMessageContaining("website_event.visit_id");

            own.database.execute("ALTER TABLE website_event ADD COLUMN url_path text, ADD COLUMN visit_id uuid");
            assertThat(answer(own.source.describe()).versions()).isEqualTo("3.1 to 3.2");
        }
    }

    @Test
    void goesOnWhenUmamiIsUpgradedMeanwhile() {
        try (DatabaseWorld own = new DatabaseWorld(UmamiSchema.V2_18, Map.of())) {
            UUID session = own.rows.session();
            own.rows.pageview(session, "2026-03-01T10:00:00Z", "/a");
            assertThat(answer(own.source.latest(own.world().whole(session), null, 5)))
                    .hasSize(1);

            own.database.execute(
                    "ALTER TABLE session DROP COLUMN region; ALTER TABLE website_event DROP COLUMN hostname");

            assertThat(answer(own.source.latest(own.world().whole(session), null, 5)))
                    .singleElement()
                    .satisfies(event -> assertThat(event.hostname()).isNull());
        }
    }

    @Test
    void makesAStatementAnewWhenAnUpgradeChangesATypeOfItsAnswer() {
        try (DatabaseWorld own = new DatabaseWorld(UmamiSchema.V3_3, Map.of())) {
            UUID session = own.rows.session();
            own.rows.pageview(session, "2026-03-01T10:00:00Z", "/a");
            for (int upgrade = 1; upgrade <= 2; upgrade++) {
                assertThat(answer(own.source.latest(own.world().whole(session), null, 5)))
                        .hasSize(1);

                own.database.execute(
                        "ALTER TABLE website_event ALTER COLUMN page_title TYPE varchar(" + (900 + upgrade) + ")");

                assertThat(answer(own.source.latest(own.world().whole(session), null, 5)))
                        .hasSize(1);
            }
        }
    }

    @Test
    void hasAStatementPlannedOnceForAllUsers() {
        try (DatabaseWorld own = new DatabaseWorld(UmamiSchema.V3_3, Map.of())) {
            for (int user = 0; user < 5; user++) {
                answer(own.source.latest(own.world().whole(own.rows.session()), null, 5));
            }

            Row kept = answer(own.statements.query(
                            "SELECT count(*) AS statements, sum(generic_plans) AS by_kept_plan, sum(custom_plans) AS by_new_plan"
                                    + " FROM pg_prepared_statements WHERE statement LIKE 'WITH near AS MATERIALIZED%'",
                            Tuple.tuple(), Duration.ofSeconds(60)))
                    .iterator()
                    .next();
            assertThat(kept.getLong("statements")).isEqualTo(1);
            assertThat(kept.getLong("by_kept_plan")).isEqualTo(5);
            assertThat(kept.getLong("by_new_plan")).isZero();
        }
    }

    @Test
    void readsOnly() {
        try (DatabaseWorld own = new DatabaseWorld(UmamiSchema.V3_1, Map.of())) {
            assertThatThrownBy(() ->
                            answer(own.statements.query("DELETE FROM session", Tuple.tuple(), Duration.ofSeconds(5))))
                    .hasMessageContaining("read-only transaction");
        }
    }

    @Test
    void boundsAStatementOnADirectConnectionWithoutATransactionAroundIt() {
        try (DatabaseWorld own =
                new DatabaseWorld(UmamiSchema.V3_1, Map.of("umami.query.statement-timeout", "1234ms"))) {
            assertThat(own.hasBoundedConnections()).isTrue();
            Row bounds = answer(own.statements.queryByGenericPlan(
                            "SELECT current_setting('transaction_read_only') AS read_only, current_setting('statement_timeout') AS timeout",
                            Tuple.tuple()))
                    .iterator()
                    .next();

            assertThat(bounds.getString("read_only")).isEqualTo("on");
            assertThat(bounds.getString("timeout")).isEqualTo("1234ms");
            assertThatThrownBy(() -> answer(own.statements.queryByGenericPlan("DELETE FROM session", Tuple.tuple())))
                    .hasMessageContaining("read-only transaction");
            assertThatThrownBy(() -> answer(own.statements.queryByGenericPlan("SELECT pg_sleep(60)", Tuple.tuple())))
                    .hasMessageContaining("statement timeout");
        }
    }

    @Test
    void endsALookupThatTakesLongerThanItsBudget() {
        try (DatabaseWorld own = new DatabaseWorld(UmamiSchema.V3_1, Map.of())) {
            own.database.execute("""
                    ALTER TABLE session RENAME TO session_table;
                    CREATE VIEW session AS SELECT * FROM session_table WHERE pg_sleep(60) IS NOT NULL
                    """);
            own.database.execute("INSERT INTO session_table (session_id, website_id, distinct_id)"
                    + " VALUES (gen_random_uuid(), gen_random_uuid(), 'x')");

            assertThatThrownBy(() ->
                            answer(own.source.claims(Way.DISTINCT_ID, new UserNames("x"), Duration.ofMillis(200))))
                    .hasRootCauseInstanceOf(TimeoutException.class);
        }
    }

    private static Object rowsAt(String when) {
        return UmamiRows.at(when);
    }
}
