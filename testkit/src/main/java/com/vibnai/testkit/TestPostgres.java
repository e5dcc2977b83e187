package com.vibnai.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server: the embedded one of this JVM, started at first use and stopped at exit, or an existing one named
 * by the system property {@value #URL_PROPERTY} or the environment variable {@value #URL_VARIABLE} (a JDBC URL with a
 * superuser's {@code user} and {@code password} parameters). Each use gets a database of its own.
 */
public final class TestPostgres {

    /** System property: JDBC URL of an existing server to use instead of the embedded one. */
    public static final String URL_PROPERTY = "testkit.postgres.url";

    /** Environment variable with the meaning of {@link #URL_PROPERTY}. */
    public static final String URL_VARIABLE = "TESTKIT_POSTGRES_URL";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static @Nullable TestPostgres shared;

    private final String serverUrl;

    private TestPostgres(String serverUrl) {
        this.serverUrl = serverUrl;
    }

    /** The server of this JVM; starts it when it is first asked for. */
    public static synchronized TestPostgres shared() {
        if (shared == null) {
            String existing = existingServer();
            shared = new TestPostgres(existing != null ? existing : startEmbedded());
        }
        return shared;
    }

    /** A server that runs already, by a JDBC URL as that of {@link #URL_PROPERTY}. */
    public static TestPostgres at(String url) {
        return new TestPostgres(url);
    }

    /** Creates an empty database with a unique name that starts with {@code prefix} (lower-case letters, digits, _). */
    public TestDatabase createDatabase(String prefix) {
        if (!prefix.matches("[a-z][a-z0-9_]{0,20}")) {
            throw new IllegalArgumentException("not a database prefix: " + prefix);
        }
        String name = prefix + "_" + UUID.randomUUID().toString().substring(0, 8);
        execute(serverUrl, "CREATE DATABASE " + name);
        return new TestDatabase(this, name);
    }

    void dropDatabase(String name) {
        execute(serverUrl, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    String urlOf(String database) {
        URI server = URI.create(serverUrl.substring("jdbc:".length()));
        return "jdbc:postgresql://" + server.getHost() + ":" + server.getPort() + "/" + database + "?"
                + server.getRawQuery();
    }

    private static @Nullable String existingServer() {
        String property = System.getProperty(URL_PROPERTY);
        return property != null ? property : System.getenv(URL_VARIABLE);
    }

    private static String startEmbedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("fsync", "off")
                    .setPGStartupWait(START_TIMEOUT)
                    .start();
            return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres&password=postgres";
        } catch (IOException e) {
            throw new UncheckedIOException("embedded PostgreSQL did not start", e);
        }
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed", e);
        }
    }
}
