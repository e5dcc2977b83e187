package com.vibnai.testkit.umami.standin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Inserts rows given as column and value, leaving out the columns that this generation of the schema does not have. */
final class Rows {

    private final Map<String, Set<String>> columns = new HashMap<>();

    /** Reads which columns there are. */
    Rows(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), table -> new HashSet<>())
                        .add(rows.getString(2));
            }
        }
    }

    boolean hasTable(String table) {
        return columns.containsKey(table);
    }

    /** Inserts one row; {@code suffix} is what follows VALUES, an ON CONFLICT clause or nothing. */
    void insert(Connection connection, String table, Map<String, @Nullable Object> values, String suffix)
            throws SQLException {
        List<Map.Entry<String, @Nullable Object>> known = values.entrySet().stream()
                .filter(value -> columns.getOrDefault(table, Set.of()).contains(value.getKey()))
                .toList();
        String names = known.stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
        String marks = known.stream().map(value -> "?").collect(Collectors.joining(", "));
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ") " + suffix)) {
            for (int i = 0; i < known.size(); i++) {
                Object value = known.get(i).getValue();
                insert.setObject(i + 1, value instanceof Instant at ? Timestamp.from(at) : value);
            }
            insert.executeUpdate();
        }
    }
}
