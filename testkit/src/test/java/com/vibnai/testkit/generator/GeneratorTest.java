package com.vibnai.testkit.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.generator.Generated.Link;
import com.vibnai.testkit.generator.Generated.User;
import com.vibnai.testkit.umami.UmamiSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratorTest {

    private static final Instant UNTIL = Instant.parse("2026-11-01T00:00:00Z");

    private final TestDatabase database = TestPostgres.shared().createDatabase("generated");
    private final Queue<Link> links = new ConcurrentLinkedQueue<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @AfterEach
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void fillsEveryGenerationOfTheSchema(UmamiSchema schema) throws SQLException {
        schema.create(database);

        Generated made = generate(GeneratorSettings.of(5_000, UNTIL, 7));

        assertThat(number("SELECT count(*) FROM website_event"))
                .isEqualTo(5_000)
                .isEqualTo(made.events());
        assertThat(number("SELECT count(DISTINCT session_id) FROM website_event"))
                .isEqualTo(made.sessions());
        assertThat(number("SELECT count(*) FROM website_event WHERE created_at >= '2026-11-01Z'"))
                .isZero();
        assertThat(number("SELECT count(*) FROM event_data d JOIN website_event e ON e.event_id = d.website_event_id"))
                .isEqualTo(number("SELECT count(*) FROM website_event WHERE event_type = 2"))
                .isPositive();
    }

    @Test
    void looksLikeARealSite() throws SQLException {
        UmamiSchema.V3_1.create(database);

        Generated made = generate(GeneratorSettings.of(60_000, UNTIL, 1));

        // A few sessions have no row, as after an address change; all others do.
        assertThat(
                        number(
                                "SELECT count(DISTINCT e.session_id) FROM website_event e LEFT JOIN session s USING (session_id) WHERE s.session_id IS NULL"))
                .isBetween(1L, made.sessions() / 100);
        assertThat(60_000.0 / made.sessions()).isBetween(3.0, 10.0);
        assertThat(number("SELECT max(n) / avg(n) FROM (SELECT count(*) n FROM website_event GROUP BY session_id) s"))
                .as("long-tailed")
                .isGreaterThan(5);
        assertThat(number("SELECT count(DISTINCT visit_id) FROM website_event")).isGreaterThan(made.sessions());
        assertThat(number("SELECT count(*) FROM website_event WHERE utm_source IS NOT NULL"))
                .isGreaterThan(1000);
        assertThat(
                        number(
                                "SELECT count(*) FROM website_event WHERE gclid IS NOT NULL AND url_query LIKE '%gclid=' || gclid"))
                .isPositive();
        assertThat(number("SELECT count(DISTINCT date_trunc('month', created_at)) FROM website_event"))
                .isBetween(6L, 8L);
        assertThat(number("SELECT count(*) FROM website_event WHERE event_type = 5"))
                .isPositive();
        assertThat(number("""
                        SELECT count(*) FROM (
                          SELECT session_id FROM website_event e JOIN session s USING (session_id) WHERE s.distinct_id IS NULL
                          GROUP BY session_id HAVING count(DISTINCT date_trunc('month', e.created_at AT TIME ZONE 'UTC')) > 1) s
                        """)).as("an anonymous session ends with its month").isZero();
    }

    @Test
    void namesTheUsersWhoLoggedInAndTheirLinks() throws SQLException {
        UmamiSchema.V3_3.create(database);

        Generated made = generate(GeneratorSettings.of(30_000, UNTIL, 3));

        assertThat(number("SELECT count(DISTINCT distinct_id) FROM session_link"))
                .isEqualTo(made.users())
                .isPositive();
        assertThat(made.sample()).isNotEmpty().hasSizeLessThanOrEqualTo(Generated.SAMPLE);
        for (User user : made.sample()) {
            assertThat(user.links()).first().satisfies(link -> {
                assertThat(link.kind()).isEqualTo("before_login");
                assertThat(link.from()).isBeforeOrEqualTo(user.signedUpAt());
            });
            assertThat(links).containsAll(user.links());
        }
        assertThat(links.stream()
                        .filter(link -> link.kind().equals("before_login"))
                        .map(Link::sessionId)
                        .distinct()
                        .count())
                .as("some anonymous sessions are claimed by two users")
                .isLessThan(made.users());
    }

    @Test
    void makesTheSameRowsFromTheSameSeed() throws SQLException {
        UmamiSchema.V2_18.create(database);
        generate(GeneratorSettings.of(5_000, UNTIL, 11));
        long first = number("SELECT sum(hashtext(e::text)::bigint) FROM website_event e");
        database.execute("TRUNCATE website_event, session, session_data, event_data");

        generate(GeneratorSettings.of(5_000, UNTIL, 11));

        assertThat(number("SELECT sum(hashtext(e::text)::bigint) FROM website_event e"))
                .isEqualTo(first);
    }

    @Test
    void leavesTheIndexesOfALargeLoadAsTheyWere() throws SQLException {
        UmamiSchema.V3_3.create(database);
        String definitions =
                "SELECT string_agg(indexdef, E'\\n' ORDER BY indexdef) FROM pg_indexes WHERE schemaname = 'public'";
        String before = text(definitions);

        generate(new GeneratorSettings(GeneratorSettings.websiteOf(1), 200_000, 20, 0.1, 2, UNTIL, 1));

        assertThat(text(definitions)).isEqualTo(before).contains("website_event_pkey");
        assertThat(lines).anyMatch(line -> line.matches("index 1 of \\d+"));
    }

    @Test
    void refusesADatabaseThatIsNotUmamis() {
        assertThatThrownBy(() -> generate(GeneratorSettings.of(10, UNTIL, 1)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no Umami in this database");
    }

    private Generated generate(GeneratorSettings settings) throws SQLException {
        return new Generator(database::connect, settings)
                .generate(links::add, new Progress(settings.events(), lines::add));
    }

    private long number(String sql) throws SQLException {
        return Math.round(Double.parseDouble(text(sql)));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return List.of(rows.getString(1)).get(0);
        }
    }
}
