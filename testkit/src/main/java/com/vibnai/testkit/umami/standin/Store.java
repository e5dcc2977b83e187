package com.vibnai.testkit.umami.standin;

import com.vibnai.testkit.umami.Semantics;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes what Umami writes. Every method is one transaction, committed before it returns. */
public final class Store {

    private static final List<String> CAMPAIGN = List.of(
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_content",
            "utm_term",
            "gclid",
            "fbclid",
            "msclkid",
            "ttclid",
            "li_fat_id",
            "twclid");

    private final DataSource database;
    private final Semantics semantics;
    private final Rows rows;

    /** Writes into a database that holds Umami's schema already. */
    public Store(DataSource database, Semantics semantics) throws SQLException {
        this.database = database;
        this.semantics = semantics;
        try (Connection connection = database.getConnection()) {
            this.rows = new Rows(connection);
        }
    }

    /** Whether there is such a website. */
    public boolean hasWebsite(UUID website) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT 1 FROM website WHERE website_id = ? AND deleted_at IS NULL")) {
            query.setObject(1, website);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }

    /** Makes the session unless it is there; device, browser and place are those of the first request for ever. */
    public void createSession(SendRequest request, Client client, UUID session, Instant at, @Nullable String country)
            throws SQLException {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("session_id", session);
        row.put("website_id", request.website());
        row.put("hostname", request.hostname());
        row.put("browser", client.browser());
        row.put("os", client.os());
        row.put("device", client.device());
        row.put("screen", request.screen());
        row.put("language", request.language());
        row.put("country", country);
        row.put("created_at", at);
        row.put("distinct_id", semantics.knowsIds() ? request.id() : null);
        try (Connection connection = database.getConnection()) {
            rows.insert(connection, "session", row, "ON CONFLICT DO NOTHING");
        }
    }

    /** From 3.3: records that the id was seen in the session; in 3.3 the session takes the id over. */
    public void link(UUID website, UUID session, String id, Instant at) throws SQLException {
        try (Connection connection = database.getConnection()) {
            rows.insert(
                    connection,
                    "session_link",
                    Map.of("website_id", website, "session_id", session, "distinct_id", id, "created_at", at),
                    "ON CONFLICT DO NOTHING");
            if (semantics == Semantics.V3_3) {
                try (PreparedStatement update =
                        connection.prepareStatement("UPDATE session SET distinct_id = ? WHERE session_id = ?")) {
                    update.setString(1, id);
                    update.setObject(2, session);
                    update.executeUpdate();
                }
            }
        }
    }

    /** Writes a page view, a custom event or a performance event with its data. */
    public void saveEvent(SendRequest request, UUID session, UUID visit, Instant at) throws SQLException {
        UUID event = UUID.randomUUID();
        EventUrl url = EventUrl.of(request.url(), request.hostname());
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("event_id", event);
        row.put("website_id", request.website());
        row.put("session_id", session);
        row.put("visit_id", visit);
        row.put("created_at", at);
        row.put("url_path", cut(url.path(), 500));
        row.put("url_query", cut(url.query(), 500));
        row.put("page_title", cut(request.title(), 500));
        row.put("event_type", eventType(request));
        row.put("event_name", cut(request.name(), 50));
        row.put("tag", cut(request.tag(), 50));
        row.put("hostname", request.hostname());
        Map<String, String> parameters = url.parameters();
        CAMPAIGN.forEach(name -> row.put(name, cut(parameters.get(name), 255)));
        if (request.referrer() != null && !request.referrer().isEmpty()) {
            EventUrl referrer = EventUrl.of(request.referrer(), request.hostname());
            row.put("referrer_path", cut(referrer.path(), 500));
            row.put("referrer_query", cut(referrer.query(), 500));
            row.put("referrer_domain", cut(referrer.domain(), 500));
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            rows.insert(connection, "website_event", row, "");
            if (request.data() != null && request.name() != null) {
                saveData(connection, "event", request, event, at, null);
            }
            connection.commit();
        }
    }

    /** Overwrites the session's data key by key. */
    public void saveSessionData(SendRequest request, UUID session, Instant at, @Nullable String id)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            saveData(connection, "session", request, session, at, id);
            connection.commit();
        }
    }

    private void saveData(
            Connection connection, String kind, SendRequest request, UUID owner, Instant at, @Nullable String id)
            throws SQLException {
        JsonObject data = request.data() == null ? new JsonObject() : request.data();
        for (Map.Entry<String, DataValue> entry : DataValue.flatten(data).entrySet()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put(kind + "_data_id", UUID.randomUUID());
            row.put("website_id", request.website());
            row.put(kind.equals("event") ? "website_event_id" : "session_id", owner);
            row.put("data_key", entry.getKey());
            row.put("string_value", entry.getValue().string());
            row.put("number_value", entry.getValue().number());
            row.put("date_value", entry.getValue().date());
            row.put("data_type", entry.getValue().type());
            row.put("created_at", at);
            row.put("distinct_id", id);
            if (kind.equals("session")) {
                deleteSessionData(connection, owner, entry.getKey());
            }
            rows.insert(connection, kind + "_data", row, "");
        }
    }

    private static void deleteSessionData(Connection connection, UUID session, String key) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM session_data WHERE session_id = ? AND data_key = ?")) {
            delete.setObject(1, session);
            delete.setString(2, key);
            delete.executeUpdate();
        }
    }

    private static int eventType(SendRequest request) {
        if (request.type().equals("performance")) {
            return 5;
        }
        return request.name() == null || request.name().isEmpty() ? 1 : 2;
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }
}
