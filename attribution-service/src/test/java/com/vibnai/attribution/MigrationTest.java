package com.vibnai.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.attribution.platform.Migrations;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every earlier version with rows in it becomes the newest, and the rows are all still there. */
class MigrationTest {

    private static final int ROWS = 50;
    private static final Path OLDEST_POSTGRES = Path.of("target/oldest-postgresql/postgres-linux-x86_64.txz");
    private static final List<String> TABLES = List.of("attributions", "identity_links", "conversions");

    private static Flyway flyway(TestDatabase database, String target) {
        return Flyway.configure()
                .dataSource(database.jdbcUrl(), null, null)
                .configuration(Migrations.SETTINGS)
                .target(target)
                .load();
    }

    static List<String> versions() {
        try (TestDatabase database = TestPostgres.shared().createDatabase("versions")) {
            return Arrays.stream(flyway(database, "latest").info().all())
                    .map(info -> info.getVersion().getVersion())
                    .toList();
        }
    }

    @Test
    void makesTheTablesFromNothing() throws SQLException {
        try (TestDatabase database = TestPostgres.shared().createDatabase("migration")) {
            assertThat(flyway(database, "latest").migrate().success).isTrue();
            assertThat(count(database, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                    .isZero();
            assertThat(flyway(database, "latest").migrate().migrationsExecuted).isZero();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void makesTheTablesOnTheOldestPostgresThatIsSupported() throws IOException, SQLException {
        try (EmbeddedPostgres oldest = EmbeddedPostgres.builder()
                        .setPgBinaryResolver((system, machine) -> Files.newInputStream(OLDEST_POSTGRES))
                        .start();
                TestDatabase database = TestPostgres.at(oldest.getJdbcUrl("postgres", "postgres"))
                        .createDatabase("oldest")) {
            assertThat(count(database, "SHOW server_version_num") / 10_000).isEqualTo(15);
            assertThat(flyway(database, "latest").migrate().success).isTrue();
            fill(database);
            assertThat(count(database, "SELECT count(*) FROM conversions")).isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void keepsTheRowsOfEachEarlierVersion(String version) throws SQLException {
        try (TestDatabase database = TestPostgres.shared().createDatabase("migration")) {
            flyway(database, version).migrate();
            fill(database);
            Map<String, String> columns = columns(database);
            Map<String, List<String>> before = rows(database, columns);

            flyway(database, "latest").migrate();

            before.forEach((table, rows) -> assertThat(rows).as(table).hasSizeGreaterThanOrEqualTo(ROWS));
            assertThat(rows(database, columns)).isEqualTo(before);
        }
    }

    /** Rows as every version since the first takes them, and conversions as every version that has them does. */
    private static void fill(TestDatabase database) {
        database.execute("INSERT INTO attributions (user_id, utm_source, utm_medium, click_ids, referrer, landing_page,"
                + " first_seen_at, direct, last_touch, trust, source, signed_up_at)"
                + " SELECT 'user-' || n, 'source-' || n, 'cpc', '{\"gclid\": \"g\"}', 'https://www.google.com/',"
                + " 'https://www.example.com/' || n, now() - n * interval '1 day', false, '{\"utm_source\": \"last\"}',"
                + " 'server', 'server', now() - n * interval '1 hour' FROM generate_series(1, " + ROWS + ") AS n;"
                + "INSERT INTO attributions (user_id, click_ids, direct, trust, source, signed_up_at, replaced_touch,"
                + " replaced_at, replaced_because) VALUES ('replaced', '{}', true, 'signed', 'browser', now(),"
                + " '{\"landing_page\": \"https://www.example.com/\"}', now(), 'direct_before_non_direct');"
                + "INSERT INTO identity_links (link_id, user_id, website_id, session_id, kind, occurred_at, trust, source)"
                + " SELECT gen_random_uuid(), 'user-' || n, gen_random_uuid(), gen_random_uuid(), 'before_login', now(),"
                + " 'server', 'server' FROM generate_series(1, " + ROWS + ") AS n;"
                + "DO $$ BEGIN IF to_regclass('conversions') IS NOT NULL THEN"
                + " INSERT INTO conversions (conversion_id, idempotency_key, user_id, name, occurred_at, value, currency,"
                + " properties) SELECT gen_random_uuid(), 'order-' || n, 'user-' || n, 'purchase', now(), n + 0.0001,"
                + " 'EUR', '{\"plan\": \"team\"}' FROM generate_series(1, " + ROWS + ") AS n; END IF; END $$");
    }

    /** Each table that there is to its columns in order, as one SQL expression of text. */
    private static Map<String, String> columns(TestDatabase database) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String table : TABLES) {
            String names = text(
                            database,
                            "SELECT string_agg(format('%I::text', column_name), ', ' ORDER BY ordinal_position)"
                                    + " FROM information_schema.columns WHERE table_name = '" + table + "'")
                    .get(0);
            if (names != null) {
                columns.put(table, names);
            }
        }
        return columns;
    }

    private static Map<String, List<String>> rows(TestDatabase database, Map<String, String> columns)
            throws SQLException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Map.Entry<String, String> table : columns.entrySet()) {
            rows.put(table.getKey(), table(database, table.getKey(), table.getValue()));
        }
        return rows;
    }

    private static List<String> table(TestDatabase database, String table, String columns) throws SQLException {
        return text(database, "SELECT concat_ws('|', " + columns + ") FROM " + table + " ORDER BY 1");
    }

    private static List<String> text(TestDatabase database, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    private static long count(TestDatabase database, String sql) throws SQLException {
        return Long.parseLong(text(database, sql).get(0));
    }
}
