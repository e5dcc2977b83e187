package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.generator.Generated;
import com.vibnai.testkit.generator.Generator;
import com.vibnai.testkit.generator.GeneratorSettings;
import com.vibnai.testkit.generator.Progress;
import com.vibnai.testkit.umami.UmamiSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Generated Umami data, and its users' links and signups in attribution-service's database. */
final class UmamiData {

    private static final Instant UNTIL = Instant.parse("2026-06-01T00:00:00Z");
    /** pgbench takes at most 128 scripts, one for each user. */
    private static final int USERS = 100;

    private final Run run;
    private final TestDatabase database;

    private UmamiData(Run run, TestDatabase database) {
        this.run = run;
        this.database = database;
    }

    static UmamiData create(Run run) {
        System.setProperty(TestPostgres.URL_PROPERTY, run.postgres().jdbcUrl("postgres"));
        TestDatabase database = TestPostgres.shared().createDatabase("bench_umami");
        UmamiSchema.V3_1.create(database);
        return new UmamiData(run, database);
    }

    /** Name of the database. */
    String name() {
        return database.jdbcUrl().replaceAll("^.*/([^/?]+)\\?.*$", "$1");
    }

    /** Adds events of users whom nobody asks about. */
    void grow(long events, long seed) throws SQLException {
        generate(events, seed, new ConcurrentLinkedQueue<>());
    }

    /** Adds events and their users' links; answers some of the users. */
    List<String> fill(long events, ServiceRun attribution, String attributionDatabase) throws Exception {
        Queue<Generated.Link> links = new ConcurrentLinkedQueue<>();
        Generated made = generate(events, 1, links);
        Samples samples = Samples.send(run, attribution, attributionDatabase);
        try (Connection connection = run.postgres().connect(attributionDatabase);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE made (user_id text, website_id uuid, session_id uuid, kind text,"
                    + " claimed_from timestamptz, occurred_at timestamptz)");
            copy(connection, links);
            statement.execute(samples.link()
                    .insertMany(
                            Map.of(
                                    "link_id", "gen_random_uuid()",
                                    "user_id", "made.user_id",
                                    "website_id", "made.website_id",
                                    "session_id", "made.session_id",
                                    "kind", "made.kind",
                                    "claimed_from", "made.claimed_from",
                                    "occurred_at", "made.occurred_at"),
                            "made ON CONFLICT DO NOTHING"));
            statement.execute(samples.signup()
                    .insertMany(
                            Map.of("user_id", "made.user_id", "signed_up_at", "made.at"),
                            "(SELECT user_id, min(occurred_at) AS at FROM made GROUP BY user_id) AS made"
                                    + " ON CONFLICT DO NOTHING"));
            statement.execute("ANALYZE attributions, identity_links");
        }
        return made.sample().stream().map(Generated.User::userId).limit(USERS).toList();
    }

    private Generated generate(long events, long seed, Queue<Generated.Link> links) throws SQLException {
        GeneratorSettings usual = GeneratorSettings.of(events, UNTIL, seed);
        GeneratorSettings settings = new GeneratorSettings(
                GeneratorSettings.websiteOf(1),
                events,
                usual.eventsPerSession(),
                usual.identified(),
                usual.months(),
                UNTIL,
                seed);
        return new Generator(database::connect, settings)
                .generate(links::add, new Progress(events, line -> run.say("data: " + line)));
    }

    private static void copy(Connection connection, Queue<Generated.Link> links) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO made VALUES (?, ?, ?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            int pending = 0;
            for (Generated.Link link : links) {
                insert.setString(1, link.userId());
                insert.setObject(2, link.websiteId());
                insert.setObject(3, link.sessionId());
                insert.setString(4, link.kind());
                insert.setObject(5, link.from().atOffset(ZoneOffset.UTC));
                insert.setObject(6, link.occurredAt().atOffset(ZoneOffset.UTC));
                insert.addBatch();
                if (++pending % 1000 == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
        }
    }
}
