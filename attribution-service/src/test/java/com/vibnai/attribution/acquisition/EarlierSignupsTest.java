package com.vibnai.attribution.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.attribution.platform.Migrations;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class EarlierSignupsTest {

    private static void migrate(TestDatabase database, String target) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), null, null)
                .configuration(Migrations.SETTINGS)
                .target(target)
                .load()
                .migrate();
    }

    @Test
    void waitToBeCounted() throws SQLException {
        try (TestDatabase database = TestPostgres.shared().createDatabase("earlier")) {
            migrate(database, "20");
            database.execute("INSERT INTO attributions (user_id, click_ids, direct, trust, source, signed_up_at)"
                    + " SELECT 'user-' || n, '{}', true, 'server', 'server', timestamptz '2026-01-01T23:30:00Z'"
                    + " + (n % 7) * interval '25 hours' FROM generate_series(1, 300) AS n");

            migrate(database, "latest");

            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT (SELECT array_agg(day ORDER BY day) FROM acquisition_marks)"
                                    + " = (SELECT array_agg(DISTINCT (signed_up_at AT TIME ZONE 'UTC')::date) FROM attributions)")) {
                rows.next();
                assertThat(rows.getBoolean(1)).isTrue();
            }
        }
    }
}
