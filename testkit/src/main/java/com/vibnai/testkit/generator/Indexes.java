package com.vibnai.testkit.generator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes the indexes of some tables away while they are filled, and builds the same ones afterwards, which is faster. */
final class Indexes {

    private static final String READ = """
            SELECT CASE WHEN c.conname IS NULL THEN format('DROP INDEX %I', i.relname)
                        ELSE format('ALTER TABLE %I DROP CONSTRAINT %I', t.relname, c.conname) END,
                   CASE WHEN c.conname IS NULL THEN pg_get_indexdef(i.oid)
                        ELSE format('ALTER TABLE %I ADD CONSTRAINT %I %s', t.relname, c.conname, pg_get_constraintdef(c.oid)) END
            FROM pg_index x
            JOIN pg_class i ON i.oid = x.indexrelid
            JOIN pg_class t ON t.oid = x.indrelid
            LEFT JOIN pg_constraint c ON c.conindid = i.oid AND c.contype IN ('p', 'u')
            WHERE t.relname = ANY (?) AND t.relnamespace = 'public'::regnamespace
            """;

    private final List<String> definitions;

    private Indexes(List<String> definitions) {
        this.definitions = definitions;
    }

    static Indexes none() {
        return new Indexes(List.of());
    }

    static Indexes takeFrom(Connection connection, Set<String> tables) throws SQLException {
        List<String> drops = new ArrayList<>();
        List<String> definitions = new ArrayList<>();
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            read.setArray(1, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    drops.add(rows.getString(1));
                    definitions.add(rows.getString(2));
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String drop : drops) {
                statement.execute(drop);
            }
        }
        return new Indexes(definitions);
    }

    void restore(Connection connection, Progress progress) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET maintenance_work_mem = '512MB'");
            statement.execute("SET max_parallel_maintenance_workers = 2");
            for (int i = 0; i < definitions.size(); i++) {
                progress.step("index %d of %d".formatted(i + 1, definitions.size()));
                statement.execute(definitions.get(i));
            }
        }
    }
}
