package com.vibnai.umami.source;

import com.vibnai.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes rows as the Umami of a schema would have: a value without a column of its own is left out. */
public final class UmamiRows {

    public final UUID website = UUID.randomUUID();

    private final TestDatabase database;
    private final Map<String, Set<String>> columns = new HashMap<>();

    public UmamiRows(TestDatabase database) {
        this.database = database;
        readColumns();
        addWebsite(website, "site " + website);
    }

    /** Whether this Umami has such a column. */
    public boolean has(String table, String column) {
        return columns.getOrDefault(table, Set.of()).contains(column);
    }

    public void addWebsite(UUID id, String name) {
        insert("website", row("website_id", id, "name", name, "domain", "www.example.com"));
    }

    /** A laptop with Chrome in Berlin. */
    public UUID session() {
        return session(Map.of());
    }

    public UUID session(Map<String, Object> with) {
        UUID session = UUID.randomUUID();
        Map<String, Object> row = row(
                "session_id", session,
                "website_id", website,
                "hostname", "www.example.com",
                "browser", "chrome",
                "os", "Linux",
                "device", "laptop",
                "screen", "1920x1080",
                "language", "de-DE",
                "country", "DE",
                "region", "BE",
                "subdivision1", "BE",
                "city", "Berlin",
                "created_at", at("2026-01-01T00:00:00Z"));
        row.putAll(with);
        insert("session", row);
        return session;
    }

    public UUID pageview(UUID session, String when, String path) {
        return event(session, when, row("url_path", path));
    }

    /** A page view in a visit of its session's own, unless {@code with} says something else. */
    public UUID event(UUID session, String when, Map<String, Object> with) {
        UUID event = UUID.randomUUID();
        Map<String, Object> row = row(
                "event_id",
                event,
                "website_id",
                website,
                "session_id",
                session,
                "visit_id",
                session,
                "created_at",
                at(when),
                "url_path",
                "/",
                "page_title",
                "Title",
                "hostname",
                "www.example.com",
                "event_type",
                1);
        row.putAll(with);
        insert("website_event", row);
        return event;
    }

    /** Page views a second apart. */
    public void manyPageviews(UUID session, String first, int count) {
        database.execute("""
                INSERT INTO website_event (event_id, website_id, session_id, visit_id, created_at, url_path)
                SELECT gen_random_uuid(), '%1$s', '%2$s', '%2$s', timestamptz '%3$s' + n * interval '1 s', '/' || n
                FROM generate_series(0, %4$d) AS n
                """.formatted(website, session, first, count - 1));
    }

    public void eventData(UUID event, String key, int type, Map<String, Object> value) {
        Map<String, Object> row = row(
                "event_data_id", UUID.randomUUID(),
                "website_id", website,
                "website_event_id", event,
                "data_key", key,
                "data_type", type);
        row.putAll(value);
        insert("event_data", row);
    }

    public void sessionData(UUID session, String key, String value, String when) {
        insert(
                "session_data",
                row(
                        "session_data_id", UUID.randomUUID(),
                        "website_id", website,
                        "session_id", session,
                        "data_key", key,
                        "string_value", value,
                        "data_type", 1,
                        "created_at", at(when)));
    }

    public void sessionLink(UUID session, String distinctId, String when) {
        insert(
                "session_link",
                row("website_id", website, "session_id", session, "distinct_id", distinctId, "created_at", at(when)));
    }

    public static OffsetDateTime at(String when) {
        return Instant.parse(when).atOffset(ZoneOffset.UTC);
    }

    public static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private void insert(String table, Map<String, Object> row) {
        List<String> names =
                row.keySet().stream().filter(name -> has(table, name)).toList();
        String sql = "INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES ("
                + names.stream().map(name -> "?").collect(Collectors.joining(", ")) + ")";
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            List<Object> values = new ArrayList<>(names.stream().map(row::get).toList());
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void readColumns() {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'");
                ResultSet found = query.executeQuery()) {
            while (found.next()) {
                columns.computeIfAbsent(found.getString(1), table -> new TreeSet<>())
                        .add(found.getString(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
