package com.vibnai.attribution.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LinkWriterPlanTest {

    private static TestDatabase database;

    @BeforeAll
    static void migrate() throws SQLException {
        database = TestPostgres.shared().createDatabase("link_plan");
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                // As the service does: a lock in a transaction would wait for itself where an index is built
                // concurrently.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** The first signups of an installation come before any statistics. */
    @Test
    void readsNoWholeTableWhilePostgresqlHasNoStatistics() throws SQLException {
        // Given
        List<String> plan = new ArrayList<>();

        // When
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE write AS " + LinkWriter.WRITE);
            try (ResultSet lines = statement.executeQuery(
                    "EXPLAIN (VERBOSE) EXECUTE write ('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', 1, 1)")) {
                while (lines.next()) {
                    plan.add(lines.getString(1));
                }
            }
        }

        // Then
        assertThat(plan)
                .anyMatch(line -> line.contains("on public.identity_links"))
                .noneMatch(line -> line.contains("Seq Scan on public.identity_links"))
                .noneMatch(line -> line.contains("hashed SubPlan"));
    }
}
