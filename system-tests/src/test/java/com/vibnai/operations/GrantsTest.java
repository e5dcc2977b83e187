package com.vibnai.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** grant-reader.sql, on each generation of Umami's schema. */
class GrantsTest {

    private static final Path SCRIPT =
            Path.of("").toAbsolutePath().getParent().resolve("k8s/components/umami/grant-reader.sql");
    private static final String PASSWORD = "only-for-this-test";

    @ParameterizedTest
    @EnumSource(UmamiSchema.class)
    void letTheReaderReadWhatIsNeededAndNothingElse(UmamiSchema schema) throws Exception {
        try (TestDatabase umami = TestPostgres.shared().createDatabase("grants")) {
            schema.create(umami);
            umami.execute("CREATE TABLE \"user\" (user_id uuid, username text, password text)");
            String role = "reader_" + schema.name().toLowerCase(Locale.ROOT);
            umami.execute("DROP ROLE IF EXISTS " + role);
            umami.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");

            // When: twice, as after an upgrade
            run(umami, role);
            run(umami, role);

            try (Connection reader =
                            DriverManager.getConnection(umami.jdbcUrl().replaceFirst("\\?.*", ""), role, PASSWORD);
                    Statement statement = reader.createStatement()) {
                for (String table : tables(umami)) {
                    statement.execute("SELECT * FROM " + table + " LIMIT 1");
                    for (String forbidden : List.of(
                            "DELETE FROM " + table, "INSERT INTO " + table + " DEFAULT VALUES", "TRUNCATE " + table)) {
                        assertDenied(statement, forbidden);
                    }
                }
                assertDenied(statement, "SELECT * FROM \"user\"");
                assertDenied(statement, "CREATE TABLE mine (id int)");
            }
            umami.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    private static void assertDenied(Statement statement, String sql) {
        assertThatThrownBy(() -> statement.execute(sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    /** Every table of the schema that the generations of the tests have, so that none is forgotten. */
    private static List<String> tables(TestDatabase umami) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = umami.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'user'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertThat(tables).contains("website_event", "session", "website", "session_data", "event_data");
        return tables;
    }

    /** As psql does: the variable is filled in, and each statement's rows are run. */
    private static void run(TestDatabase umami, String role) throws IOException, SQLException {
        String script = Files.readString(SCRIPT).replaceAll("(?m)^--.*", "").replace(":'reader'", "'" + role + "'");
        List<String> generators = Pattern.compile("(?s)(.*?)\\\\gexec")
                .matcher(script)
                .results()
                .map(MatchResult::group)
                .map(text -> text.replace("\\gexec", ""))
                .toList();
        assertThat(generators).isNotEmpty();
        for (String generator : generators) {
            List<String> statements = new ArrayList<>();
            try (Connection connection = umami.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(generator)) {
                while (rows.next()) {
                    statements.add(rows.getString(1));
                }
            }
            statements.forEach(umami::execute);
        }
    }
}
