package com.vibnai.stage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server with a data directory of its own, durable as in production (fsync and synchronous commit are on).
 * It can be killed, frozen and started again on the same data.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final Path binaries;
    private final Path data;
    private final Path log;
    private final String host;
    private final int port;
    private final List<String> prefix;
    private @Nullable Process process;

    private PostgresServer(Path binaries, Path data, Path log, String host, int port, List<String> prefix) {
        this.binaries = binaries;
        this.data = data;
        this.log = log;
        this.host = host;
        this.port = port;
        this.prefix = prefix;
    }

    /**
     * Makes the data directory {@code data}; {@link #start()} starts the server.
     *
     * @param work where the binaries are unpacked, once
     * @param prefix command that runs the server's command, for a namespace of its own; may be empty
     */
    public static PostgresServer create(
            Path work, Path data, String host, List<String> prefix, Map<String, String> settings) throws IOException {
        Path binaries = unpack(work);
        int port = FreePort.find();
        PostgresServer server = new PostgresServer(binaries, data, work.resolve("postgresql.log"), host, port, prefix);
        Files.createDirectories(data);
        List<String> initdb = server.command("initdb");
        initdb.addAll(List.of("-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"));
        Shell.run(START, Map.of("LC_ALL", "C"), initdb);
        StringBuilder configuration = new StringBuilder("\nlisten_addresses = '" + host + "'\nport = " + port
                + "\nunix_socket_directories = ''\nmax_connections = 200\nshared_buffers = '256MB'\n");
        settings.forEach((name, value) ->
                configuration.append(name).append(" = '").append(value).append("'\n"));
        Files.writeString(data.resolve("postgresql.conf"), configuration, StandardOpenOption.APPEND);
        Files.writeString(data.resolve("pg_hba.conf"), "\nhost all all samenet trust\n", StandardOpenOption.APPEND);
        return server;
    }

    /** Starts the server and returns once it takes connections. */
    public void start() throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(command("postgres"));
        command.addAll(List.of("-D", data.toString()));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            throw new StageFailure("PostgreSQL cannot be started: " + e.getMessage() + ".");
        }
        awaitConnections();
    }

    /** Returns once a connection can be made; fails if the server ends or takes too long. */
    public void awaitConnections() throws InterruptedException {
        Instant giveUp = Instant.now().plus(START);
        while (true) {
            try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres") + "&connectTimeout=2")) {
                if (connection.isValid(2)) {
                    return;
                }
            } catch (SQLException e) {
                if (!isAlive() || Instant.now().isAfter(giveUp)) {
                    throw new StageFailure(
                            "PostgreSQL does not take connections (" + e.getMessage() + "); its log: " + log);
                }
            }
            Thread.sleep(50);
        }
    }

    /** Whether the server's process runs. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** kill -9, the server and each of its processes. */
    public void kill() throws InterruptedException {
        Process running = running();
        Signal.send("KILL", running.toHandle());
        running.waitFor(10, TimeUnit.SECONDS);
    }

    /** SIGSTOP to the server and each of its processes: connections stay open, nothing answers. */
    public void freeze() {
        Signal.send("STOP", running().toHandle());
    }

    /** Ends {@link #freeze()}. */
    public void thaw() {
        Signal.send("CONT", running().toHandle());
    }

    /** JDBC URL with the superuser's name. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?user=postgres&password=postgres";
    }

    /** URL for the services, with the superuser's name. */
    public String url(String database) {
        return jdbcUrl(database).substring("jdbc:".length());
    }

    /** Where it listens. */
    public String host() {
        return host;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** What it writes. */
    public Path log() {
        return log;
    }

    /** The directory of the data. */
    public Path data() {
        return data;
    }

    /** A connection, which the caller closes. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database));
    }

    /** Runs statements in {@code database}. */
    public void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new StageFailure("SQL failed: " + e.getMessage() + ".");
        }
    }

    @Override
    public void close() {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            if (running.isAlive()) {
                Signal.send("CONT", running.toHandle());
                // Fast shutdown.
                Shell.run(Duration.ofSeconds(5), "kill", "-INT", Long.toString(running.pid()));
                if (!running.waitFor(20, TimeUnit.SECONDS)) {
                    Signal.send("KILL", running.toHandle());
                }
            }
        } catch (StageFailure e) {
            running.destroyForcibly();
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Process running() {
        if (process == null) {
            throw new StageFailure("PostgreSQL was not started.");
        }
        return process;
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is. */
    private List<String> command(String program) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.resolve(program).toString());
        return command;
    }

    /** The embedded server's first start unpacks its binaries; this one is ended at once. */
    private static Path unpack(Path work) throws IOException {
        Path folder = work.resolve("binaries");
        if (Files.notExists(folder)) {
            EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.toFile())
                    .start()
                    .close();
        }
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.filter(file -> file.endsWith("bin/postgres"))
                    .findFirst()
                    .map(Path::getParent)
                    .orElseThrow(() -> new StageFailure("No PostgreSQL binaries were unpacked to " + folder + "."));
        }
    }
}
