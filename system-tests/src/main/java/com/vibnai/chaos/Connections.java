package com.vibnai.chaos;

import com.vibnai.stage.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Takes every connection that PostgreSQL gives, and the service's too. */
final class Connections {

    private static final int TRIES = 200;

    private final PostgresServer server;
    private final List<Connection> held = new ArrayList<>();

    Connections(PostgresServer server) {
        this.server = server;
    }

    void take() throws SQLException {
        Connection first = server.connect("postgres");
        held.add(first);
        int quiet = 0;
        for (int i = 0; i < TRIES && quiet < 3; i++) {
            fill();
            quiet = endOthers(first) == 0 ? quiet + 1 : 0;
        }
    }

    void release() throws SQLException {
        for (Connection connection : held) {
            connection.close();
        }
        held.clear();
    }

    private void fill() {
        try {
            while (true) {
                held.add(server.connect("postgres"));
            }
        } catch (SQLException e) {
            // None is left: that is the point.
        }
    }

    private static int endOthers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE application_name = 'attribution-service'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
