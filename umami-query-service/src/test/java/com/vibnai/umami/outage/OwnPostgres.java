package com.vibnai.umami.outage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server that a test may stop, freeze and start again, with the same data on the same port. */
final class OwnPostgres implements AutoCloseable {

    private final Path data;
    private int port;
    private EmbeddedPostgres server;

    OwnPostgres() {
        try {
            data = Files.createTempDirectory("umami-outage");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    void start() {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "off")
                    .setPGStartupWait(Duration.ofMinutes(2));
            server = port == 0 ? builder.start() : builder.setPort(port).start();
            port = server.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every process of the server stands still; connections stay open and nothing answers. */
    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        signal("-CONT");
    }

    String reactiveUrl() {
        return "postgresql://localhost:" + port + "/postgres?user=postgres&password=postgres";
    }

    void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void signal(String signal) {
        try {
            long postmaster = Long.parseLong(Files.readAllLines(data.resolve("data/postmaster.pid"))
                    .get(0)
                    .trim());
            List<String> command = new ArrayList<>(List.of("kill", signal));
            ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
            Stream.concat(Stream.of(server), server.descendants())
                    .map(process -> Long.toString(process.pid()))
                    .forEach(command::add);
            if (new ProcessBuilder(command).start().waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
