package com.vibnai.testkit.generator;

import com.vibnai.testkit.generator.Generated.Link;
import com.vibnai.testkit.generator.Generated.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Fills a database that holds one of Umami's schemas. Visitors are made in {@value #LANES} independent lanes, so that
 * several threads make the same rows as one.
 */
public final class Generator {

    private static final int LANES = 8;
    private static final int THREADS =
            Math.min(LANES, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    /** From so many events on, filling without indexes and building them afterwards is faster. */
    private static final long WITHOUT_INDEXES = 200_000;

    private static final double SHARED = 0.03;
    private static final Set<String> TABLES =
            Set.of("session", "website_event", "event_data", "session_data", "session_link");

    private final Connections database;
    private final GeneratorSettings settings;

    /** Nothing happens before {@link #generate}. */
    public Generator(Connections database, GeneratorSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /**
     * Writes all rows. {@code links} takes the identity links that the tracker would have sent, from several threads.
     *
     * @throws SQLException when the database cannot be reached, or holds no schema of Umami
     */
    public Generated generate(Consumer<Link> links, Progress progress) throws SQLException {
        Map<String, List<String>> columns;
        Indexes indexes;
        try (Connection connection = database.open()) {
            columns = columns(connection);
            addWebsite(connection);
            indexes = settings.events() < WITHOUT_INDEXES
                    ? Indexes.none()
                    : Indexes.takeFrom(connection, columns.keySet());
        }
        Dialect dialect = new Dialect(
                columns.getOrDefault("session", List.of()).contains("distinct_id"),
                columns.getOrDefault("website_event", List.of()).contains("lcp"));
        Generated made = sum(run(columns, dialect, links, progress));
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            indexes.restore(connection, progress);
            progress.step("statistics");
            statement.execute("ANALYZE " + String.join(", ", columns.keySet()));
        }
        return made;
    }

    private List<Generated> run(
            Map<String, List<String>> columns, Dialect dialect, Consumer<Link> links, Progress progress) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Generated>> lanes = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int number = lane;
                lanes.add(threads.submit(() -> {
                    try (CopySink sink = new CopySink(database, columns)) {
                        Generated made = lane(number, dialect, sink, links, progress);
                        sink.finish();
                        return made;
                    }
                }));
            }
            List<Generated> made = new ArrayList<>();
            for (Future<Generated> lane : lanes) {
                made.add(lane.get());
            }
            return made;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the data could not be written: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Generated lane(int lane, Dialect dialect, Sink sink, Consumer<Link> links, Progress progress) {
        long goal = settings.events() / LANES + (lane < settings.events() % LANES ? 1 : 0);
        Random seeds = new Random(settings.seed() * 31 + lane);
        long events = 0;
        long sessions = 0;
        long users = 0;
        List<User> sample = new ArrayList<>();
        Map<YearMonth, UUID> shared = Map.of();
        for (long visitor = 0; events < goal; visitor++) {
            Random random = new Random(seeds.nextLong());
            boolean identified = random.nextDouble() < settings.identified();
            boolean sharing = identified && random.nextDouble() < SHARED;
            Visitor person = new Visitor(
                    settings,
                    dialect,
                    sink,
                    random,
                    ((settings.seed() * LANES + lane) << 32) + visitor,
                    identified ? "user-" + settings.seed() + "-" + lane + "-" + visitor : null,
                    sharing ? shared : Map.of());
            long written = person.browse(goal - events);
            events += written;
            sessions += person.sessions();
            progress.add(written);
            if (person.user().isPresent()) {
                User user = person.user().get();
                users++;
                shared = Map.copyOf(person.anonymousSessions());
                user.links().forEach(links);
                if (sample.size() < Generated.SAMPLE / LANES) {
                    sample.add(user);
                }
            }
        }
        return new Generated(settings.website(), events, sessions, users, sample);
    }

    private Generated sum(List<Generated> lanes) {
        return new Generated(
                settings.website(),
                lanes.stream().mapToLong(Generated::events).sum(),
                lanes.stream().mapToLong(Generated::sessions).sum(),
                lanes.stream().mapToLong(Generated::users).sum(),
                lanes.stream().flatMap(lane -> lane.sample().stream()).toList());
    }

    private void addWebsite(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO website (website_id, name, domain) VALUES (?, 'Generated', 'www.example.com') ON CONFLICT DO NOTHING")) {
            insert.setObject(1, settings.website());
            insert.executeUpdate();
        }
    }

    private static Map<String, List<String>> columns(Connection connection) throws SQLException {
        Map<String, List<String>> columns = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                        SELECT table_name, column_name FROM information_schema.columns
                        WHERE table_schema = 'public' ORDER BY table_name, ordinal_position
                        """);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                if (TABLES.contains(rows.getString(1))) {
                    columns.computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
        }
        if (!columns.containsKey("session") || !columns.containsKey("website_event")) {
            throw new SQLException("there is no Umami in this database: no tables session and website_event");
        }
        return columns;
    }
}
