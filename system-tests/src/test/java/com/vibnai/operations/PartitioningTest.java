package com.vibnai.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** partition.sql, on the schema that the migrations make. */
class PartitioningTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String CONTENT =
            "SELECT count(*) || ' ' || md5(string_agg(md5(a::text), '' ORDER BY user_id)) FROM attributions a";

    @Test
    void keepsEveryRowAndTheRuleThatAUserHasOne() throws Exception {
        try (TestDatabase database = TestPostgres.shared().createDatabase("partitioning")) {
            for (Path migration : migrations()) {
                // Flyway runs these without a transaction; a string of statements is one.
                database.execute(Files.readString(migration).replace(" CONCURRENTLY", ""));
            }
            database.execute("INSERT INTO attributions (" + requiredColumns(database) + ") SELECT "
                    + requiredValues(database) + " FROM generate_series(1, 2000) AS n");
            String before = ask(database, CONTENT);
            String triggers = ask(database, TRIGGERS);

            // When
            database.execute("BEGIN; " + Files.readString(ROOT.resolve("docs/operations/partition.sql")) + " COMMIT;");

            assertThat(ask(database, CONTENT)).isEqualTo(before).startsWith("2000 ");
            assertThat(ask(database, TRIGGERS)).isEqualTo(triggers).contains("refuse_erased", "mark_inserted");
            assertThat(ask(database, "SELECT count(DISTINCT tableoid) FROM attributions"))
                    .isEqualTo("16");
            database.execute("INSERT INTO attributions (" + requiredColumns(database) + ") SELECT "
                    + requiredValues(database) + " FROM generate_series(1, 5) AS n ON CONFLICT (user_id) DO NOTHING");
            assertThat(ask(database, CONTENT)).isEqualTo(before);
            database.execute("DELETE FROM acquisition_marks");
            database.execute("DELETE FROM attributions WHERE user_id = 'user-1'");
            assertThat(ask(database, "SELECT count(*) FROM acquisition_marks")).isEqualTo("1");
        }
    }

    private static final String TRIGGERS = "SELECT string_agg(tgname, ' ' ORDER BY tgname) FROM pg_trigger"
            + " WHERE tgrelid = 'attributions'::regclass AND NOT tgisinternal";

    private static List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("attribution-service/src/main/resources/db/migration"))) {
            return files.filter(file -> file.getFileName().toString().matches("V\\d+__.*\\.sql"))
                    .sorted(Comparator.comparingInt(PartitioningTest::version))
                    .toList();
        }
    }

    private static int version(Path migration) {
        String name = migration.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private static String requiredColumns(TestDatabase database) throws SQLException {
        return ask(
                database, "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM (" + REQUIRED + ") c");
    }

    /** A value of each column's type that has to have one; users are numbered. */
    private static String requiredValues(TestDatabase database) throws SQLException {
        return ask(
                database,
                "SELECT string_agg(CASE WHEN column_name = 'user_id' THEN '''user-'' || n'"
                        + " WHEN data_type LIKE 'timestamp%' THEN 'now()' WHEN data_type = 'boolean' THEN 'false'"
                        + " WHEN data_type IN ('integer', 'smallint', 'bigint') THEN '1' WHEN data_type = 'uuid' THEN 'gen_random_uuid()'"
                        + " WHEN data_type LIKE 'json%' THEN '''{}''' ELSE '''server''' END, ', ' ORDER BY ordinal_position)"
                        + " FROM (" + REQUIRED + ") c");
    }

    private static final String REQUIRED =
            "SELECT column_name, data_type, ordinal_position FROM information_schema.columns"
                    + " WHERE table_schema = 'public' AND table_name = 'attributions' AND is_nullable = 'NO'"
                    + " AND column_default IS NULL";

    private static String ask(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
