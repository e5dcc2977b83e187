package com.vibnai.bench;

import com.vibnai.stage.PostgresServer;
import com.vibnai.stage.StageFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row as the service stored it. The references insert this very row with another key, so they write what the service
 * writes, whatever columns its schema has by now.
 */
final class StoredRow {

    private final String table;
    private final Map<String, @Nullable String> values;

    private StoredRow(String table, Map<String, @Nullable String> values) {
        this.table = table;
        this.values = values;
    }

    static StoredRow read(PostgresServer server, String database, String table, String userId) {
        try (Connection connection = server.connect(database);
                PreparedStatement select =
                        connection.prepareStatement("SELECT * FROM " + table + " WHERE user_id = ? LIMIT 1")) {
            select.setString(1, userId);
            ResultSet row = select.executeQuery();
            if (!row.next()) {
                throw new StageFailure("The service stored no row in " + table + ".");
            }
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.put(row.getMetaData().getColumnName(i), row.getString(i));
            }
            return new StoredRow(table, values);
        } catch (SQLException e) {
            throw new StageFailure("The stored row cannot be read: " + e.getMessage() + ".");
        }
    }

    /** INSERT of this row, with expressions in place of some columns' values. */
    String insert(Map<String, String> expressions) {
        return "INSERT INTO " + table + " (" + String.join(", ", values.keySet()) + ") " + select(expressions);
    }

    private String select(Map<String, String> expressions) {
        return "VALUES ("
                + values.entrySet().stream()
                        .map(entry -> expressions.getOrDefault(entry.getKey(), literal(entry.getValue())))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** INSERT … SELECT of many such rows. */
    String insertMany(Map<String, String> expressions, String from) {
        return "INSERT INTO " + table + " (" + String.join(", ", values.keySet()) + ") SELECT "
                + values.entrySet().stream()
                        .map(entry -> expressions.getOrDefault(entry.getKey(), literal(entry.getValue())))
                        .collect(Collectors.joining(", "))
                + " FROM " + from;
    }

    private static String literal(@Nullable String value) {
        return value == null ? "NULL" : Pgbench.literal(value);
    }
}
