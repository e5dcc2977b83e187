package com.vibnai.testkit;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** One database of a {@link TestPostgres} server; {@link #close()} drops it. */
public final class TestDatabase implements AutoCloseable {

    private final TestPostgres server;
    private final String name;

    TestDatabase(TestPostgres server, String name) {
        this.server = server;
        this.name = name;
    }

    /** JDBC URL with credentials: {@code jdbc:postgresql://host:port/name?user=…&password=…}. */
    public String jdbcUrl() {
        return server.urlOf(name);
    }

    /** The same server and database for the reactive driver, without credentials: {@code postgresql://host:port/name}. */
    public String reactiveUrl() {
        URI uri = uri();
        return "postgresql://" + uri.getHost() + ":" + uri.getPort() + "/" + name;
    }

    /** Name of the superuser that the URLs stand for. */
    public String user() {
        return parameter("user");
    }

    /** Password of {@link #user()}. */
    public String password() {
        return parameter("password");
    }

    /** A new JDBC connection; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl());
    }

    /** Runs one or more SQL statements. */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("SQL failed on " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        server.dropDatabase(name);
    }

    private URI uri() {
        return URI.create(jdbcUrl().substring("jdbc:".length()));
    }

    private String parameter(String key) {
        for (String pair : uri().getRawQuery().split("&", -1)) {
            if (pair.startsWith(key + "=")) {
                return pair.substring(key.length() + 1);
            }
        }
        throw new IllegalStateException("the JDBC URL of the server has no parameter " + key);
    }
}
