package com.vibnai.abuse;

import com.vibnai.bench.AttributionUnderTest;
import com.vibnai.bench.QueryUnderTest;
import com.vibnai.bench.Visits;
import com.vibnai.chaos.UmamiUsers;
import com.vibnai.stage.FreePort;
import com.vibnai.stage.PostgresServer;
import com.vibnai.stage.ServiceRun;
import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is attacked: the three services as packaged, on a PostgreSQL server of their own. */
final class Stage implements AutoCloseable {

    /** Large enough that an export does not fit into the buffers on its way. */
    private static final int RECORDS = 20_000;

    private static final int BATCH = 2000;
    private static final Duration BATCH_WITHIN = Duration.ofMinutes(1);

    private static final String DATABASE = "attribution";

    private final Path root;
    private final PostgresServer postgres;
    private final UmamiUsers users;
    private final int pages;
    private final ServiceRun attributionRun;
    private final ServiceRun queryRun;
    private final ServiceRun trackerRun;
    private final Map<ServiceRun, Long> logRead = new HashMap<>();

    private Stage(Path root, Path work, PostgresServer postgres, UmamiUsers users) throws IOException {
        this.root = root;
        this.postgres = postgres;
        this.users = users;
        this.pages = FreePort.find();
        this.attributionRun = start(work, "attribution-service", attribution(postgres, pages));
        Map<String, String> query =
                new HashMap<>(QueryUnderTest.environment(postgres, users.database(), attributionRun.port()));
        query.put("UMAMI_CONSOLE_ORIGINS", CrossOrigin.CONSOLE + ":" + pages);
        query.put("READ_TOKEN_SECRET", Secrets.TOKEN_SECRET);
        this.queryRun = start(work, "umami-query-service", query);
        this.trackerRun = start(
                work,
                "tracker-web",
                Map.of(
                        "TRACKER_UMAMI_WEBSITE_ID",
                        "b8d100bf-5f36-4246-bd7f-b93fc522aeae",
                        "TRACKER_UMAMI_SCRIPT_URL",
                        "http://localhost:1/script.js",
                        "TRACKER_ATTRIBUTION_URL",
                        attributionRun.url(),
                        "TRACKER_PUBLISHABLE_KEY",
                        Secrets.PUBLISHABLE_KEY,
                        "TRACKER_PROXY_ATTRIBUTION_URL",
                        attributionRun.url(),
                        "TRACKER_PROXY_REQUESTS_PER_MINUTE",
                        "1000000000"));
    }

    static Stage start(Path root, Path work, Path data) throws Exception {
        PostgresServer postgres = PostgresServer.create(work, data.resolve("pg"), "127.0.0.1", List.of(), Map.of());
        postgres.start();
        postgres.execute("postgres", "CREATE DATABASE " + DATABASE);
        Stage stage = new Stage(root, work, postgres, UmamiUsers.create(postgres));
        for (Target target : stage.targets()) {
            target.run().awaitReady();
        }
        stage.users.link(stage.attributionRun.url());
        stage.signUp();
        return stage;
    }

    Path root() {
        return root;
    }

    /** Where pages of other origins are served. */
    int pages() {
        return pages;
    }

    Target attribution() {
        return new Target(
                "attribution-service",
                attributionRun,
                Request.get("/v1/attributions/" + user(0), Secrets.bearer(Secrets.READ_KEY)),
                true);
    }

    Target query() {
        return new Target(
                "umami-query-service",
                queryRun,
                Request.get("/v1/users/" + user(0) + "/funnel", Secrets.bearer(Secrets.READ_KEY)),
                false);
    }

    Target tracker() {
        return new Target("tracker-web", trackerRun, Request.get("/tracker.js"), false);
    }

    List<Target> targets() {
        return List.of(attribution(), query(), tracker());
    }

    /** A user with a record here and a history in Umami. */
    String user(int number) {
        return users.ids().get(number);
    }

    /** Rows of attribution-service that have this text in any column, each after the name of its table. */
    Set<String> rowsWith(String text) throws SQLException {
        Set<String> rows = new TreeSet<>();
        try (Connection connection = postgres.connect(DATABASE)) {
            for (String table : tables(connection)) {
                try (PreparedStatement select = connection.prepareStatement("SELECT left(stored::text, 500) FROM \""
                        + table + "\" AS stored WHERE stored::text LIKE ? LIMIT 100")) {
                    select.setString(1, "%" + text + "%");
                    try (ResultSet found = select.executeQuery()) {
                        while (found.next()) {
                            rows.add(table + " " + found.getString(1));
                        }
                    }
                }
            }
        }
        return rows;
    }

    /** Writes {@code events} new events of a user at once, as Umami would. */
    void visit(String userId, int events) throws SQLException {
        try (Visits visits = new Visits(postgres, users.database(), DATABASE, List.of(userId))) {
            visits.store(0, System.currentTimeMillis(), events);
        }
    }

    /** What the services wrote to their logs since the last call. */
    Map<String, String> newLogs() throws IOException {
        Map<String, String> logs = new HashMap<>();
        for (Target target : targets()) {
            try (RandomAccessFile log = new RandomAccessFile(target.run().log().toFile(), "r")) {
                log.seek(logRead.getOrDefault(target.run(), 0L));
                byte[] bytes = new byte[(int) (log.length() - log.getFilePointer())];
                log.readFully(bytes);
                logRead.put(target.run(), log.length());
                logs.put(target.name(), new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return logs;
    }

    @Override
    public void close() {
        trackerRun.close();
        queryRun.close();
        attributionRun.close();
        postgres.close();
    }

    private ServiceRun start(Path work, String name, Map<String, String> environment) throws IOException {
        Files.deleteIfExists(work.resolve(name + ".log"));
        return ServiceRun.packaged(root, work, name, Path.of(System.getProperty("java.home")), environment);
    }

    private static Map<String, String> attribution(PostgresServer postgres, int pages) {
        Map<String, String> environment = new HashMap<>(AttributionUnderTest.environment(postgres, DATABASE));
        environment.put("ATTRIBUTION_API_KEYS_SERVER_DIGEST", AttributionUnderTest.digest(Secrets.SERVER_KEY));
        environment.put("ATTRIBUTION_API_KEYS_SERVER_SCOPES", "ingest");
        environment.put("ATTRIBUTION_API_KEYS_READ_DIGEST", AttributionUnderTest.digest(Secrets.READ_KEY));
        environment.put("ATTRIBUTION_API_KEYS_READ_SCOPES", "read");
        environment.put("ATTRIBUTION_BROWSER_PUBLISHABLE_KEYS", Secrets.PUBLISHABLE_KEY);
        environment.put("ATTRIBUTION_BROWSER_ALLOWED_ORIGINS", CrossOrigin.ALLOWED + ":" + pages);
        environment.put("ATTRIBUTION_BROWSER_SIGNING_SECRETS", Secrets.SIGNING_SECRET);
        environment.put("ATTRIBUTION_CONSOLE_ORIGINS", CrossOrigin.CONSOLE + ":" + pages);
        // What is attacked is what stands behind the limit.
        environment.put("ATTRIBUTION_RATE_LIMIT_ADDRESS", "0");
        environment.put("READ_TOKEN_SECRET", Secrets.TOKEN_SECRET);
        return environment;
    }

    private void signUp() {
        List<String> items = users.ids().stream()
                .map(id -> "{\"user_id\":\"" + id + "\",\"utm_source\":\"google\",\"utm_medium\":\"cpc\"}")
                .collect(Collectors.toCollection(ArrayList::new));
        IntStream.range(0, RECORDS)
                .mapToObj(i -> "{\"user_id\":\"record-" + i + "\",\"utm_source\":\"newsletter\",\"landing_page\":"
                        + "\"https://www.example.com/" + "page-".repeat(40) + "\"}")
                .forEach(items::add);
        for (int at = 0; at < items.size(); at += BATCH) {
            Request batch = Request.post(
                    "/v1/attributions/batch",
                    "[" + String.join(",", items.subList(at, Math.min(items.size(), at + BATCH))) + "]",
                    Secrets.bearer(Secrets.ADMIN_KEY));
            Reply reply = attribution().ask(batch.with("Connection: close").bytes(), BATCH_WITHIN);
            if (!reply.is2xx()) {
                throw new StageFailure("A batch of signups was answered with " + reply);
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
