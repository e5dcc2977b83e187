package com.vibnai.umami.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.UserNames;
import com.vibnai.umami.source.Way;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Behind a real PgBouncer in transaction mode that has fewer connections than we use at once. Runs where the program is
 * installed.
 */
class PoolerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void answersBehindAPoolerInTransactionModeAndLeavesNothingOnItsConnections() throws Exception {
        // Given
        Path program = Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(program != null, "PgBouncer is not installed");
        try (DatabaseWorld direct = new DatabaseWorld(UmamiSchema.V3_3, Map.of())) {
            UUID session = direct.rows.session();
            for (int i = 0; i < 30; i++) {
                direct.rows.pageview(session, "2026-03-01T10:00:%02dZ".formatted(i), "/" + i);
            }
            int port = freePort();
            Process pooler = start(program, direct, port);
            Vertx vertx = Vertx.vertx();
            try {
                // When
                List<Uni<List<Event>>> many = new ArrayList<>();
                DatabaseSource source = source(vertx, direct, port);
                List<Segment> segments = direct.world().whole(session);
                for (int i = 0; i < 100; i++) {
                    many.add(source.latest(segments, null, 10 + i % 5));
                }
                List<List<Event>> pages =
                        Uni.join().all(many).andFailFast().await().atMost(PATIENCE);

                // Then
                for (int i = 0; i < pages.size(); i++) {
                    assertThat(pages.get(i)).hasSize(10 + i % 5);
                }
                assertThat(source.totals(segments, Instant.EPOCH)
                                .await()
                                .atMost(PATIENCE)
                                .pageviews())
                        .isEqualTo(30);
                assertThat(source.claims(Way.SESSION_LINK, new UserNames("x"), PATIENCE)
                                .await()
                                .atMost(PATIENCE))
                        .isEmpty();
                assertThat(shown(direct, port, "statement_timeout")).isEqualTo("0");
                assertThat(shown(direct, port, "transaction_read_only")).isEqualTo("off");
            } finally {
                vertx.close().toCompletionStage().toCompletableFuture().join();
                pooler.destroy();
                pooler.waitFor(30, TimeUnit.SECONDS);
            }
        }
    }

    private static DatabaseSource source(Vertx vertx, DatabaseWorld direct, int port) {
        var config = DatabaseWorld.config(Map.of());
        PgConnectOptions connect = PgConnectOptions.fromUri(direct.database.reactiveUrl())
                .setHost("127.0.0.1")
                .setPort(port)
                .setUser(direct.database.user())
                .setPassword(direct.database.password());
        UmamiPool connections = new UmamiPool(config);
        Pool pool = connections.create(vertx, new PoolOptions().setMaxSize(8), List.of(connect));
        ReadOnlyTransactions transactions =
                new ReadOnlyTransactions(new io.vertx.mutiny.sqlclient.Pool(pool), connections, config);
        return new DatabaseSource(new UmamiDatabase(transactions, config), config);
    }

    private static String shown(DatabaseWorld direct, int port, String setting) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", direct.database.user());
        properties.put("password", direct.database.password());
        properties.put("prepareThreshold", "0");
        URI server = URI.create(direct.database.reactiveUrl());
        String url = "jdbc:postgresql://127.0.0.1:" + port + server.getPath();
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Process start(Path program, DatabaseWorld direct, int port)
            throws IOException, InterruptedException {
        URI server = URI.create(direct.database.reactiveUrl());
        Path folder = Files.createTempDirectory("pooler");
        Path settings = folder.resolve("pgbouncer.ini");
        Files.writeString(settings, """
                [databases]
                * = host=%s port=%d user=%s password=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = 2
                """.formatted(
                        server.getHost(), server.getPort(), direct.database.user(), direct.database.password(), port));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if ("root".equals(System.getProperty("user.name"))) {
            // It refuses to run as root.
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(Files.readString(folder.resolve("log")));
            }
            Thread.onSpinWait();
        }
        return process;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
