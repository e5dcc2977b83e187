package com.vibnai.testkit.umami.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the API answers, read from Umami's tables. Times have milliseconds, as JavaScript's have. */
final class Answers {

    /** Events of an activity at most. */
    private static final int ACTIVITY = 500;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final DataSource database;
    private final Set<String> columns = new HashSet<>();

    /** Reads which columns this generation of the schema has. */
    Answers(DataSource database) throws SQLException {
        this.database = database;
        JsonArray found = rows("""
                SELECT table_name || '.' || column_name AS name
                FROM information_schema.columns
                WHERE table_schema = current_schema()
                """, List.of());
        found.forEach(row -> columns.add(((JsonObject) row).getString("name")));
    }

    /** Which part of a list. */
    record Paging(int page, int size) {}

    JsonObject websites(Paging paging) throws SQLException {
        return page("""
                SELECT website_id AS "id", name, domain, reset_at AS "resetAt", created_at AS "createdAt",
                       deleted_at AS "deletedAt"
                FROM website
                WHERE deleted_at IS NULL
                ORDER BY name, website_id
                """, List.of(), paging);
    }

    @Nullable
    JsonObject website(UUID website) throws SQLException {
        return one("""
                SELECT website_id AS "id", name, domain, reset_at AS "resetAt", created_at AS "createdAt",
                       deleted_at AS "deletedAt"
                FROM website
                WHERE website_id = ?
                """, List.of(website));
    }

    /** Sessions with events in the time, the latest first; one row for each host, as 3.1 groups by it. */
    JsonObject sessions(UUID website, Between time, @Nullable String distinctId, @Nullable String search, Paging paging)
            throws SQLException {
        return page(
                """
                SELECT session.session_id AS "id", session.website_id AS "websiteId", %1$s AS "hostname",
                       session.browser, session.os, session.device, session.screen, session.language,
                       session.country, %2$s AS "region", session.city,
                       min(event.created_at) AS "firstAt", max(event.created_at) AS "lastAt",
                       count(DISTINCT event.visit_id) AS "visits",
                       count(*) FILTER (WHERE event.event_type = 1) AS "views",
                       count(*) FILTER (WHERE event.event_type = 2) AS "events",
                       max(event.created_at) AS "createdAt"
                FROM website_event AS event
                JOIN session ON session.session_id = event.session_id AND session.website_id = event.website_id
                WHERE event.website_id = ? AND event.event_type <> 5 AND event.created_at BETWEEN ? AND ?
                    AND (?::text IS NULL OR %3$s = ?)
                    AND (?::text IS NULL
                        OR concat_ws(' ', %3$s, session.city, session.browser, session.os, session.device) ILIKE ?)
                GROUP BY session.session_id, %1$s
                ORDER BY max(event.created_at) DESC, session.session_id
                """.formatted(hostname(), region(), distinctId()),
                values(
                        website,
                        time.start,
                        time.end,
                        distinctId,
                        distinctId,
                        search,
                        search == null ? null : "%" + search + "%"),
                paging);
    }

    /** One session, numbers as text; null for one without events. */
    @Nullable
    JsonObject session(UUID website, UUID session) throws SQLException {
        return one("""
                SELECT session.session_id AS "id", %3$s AS "distinctId", session.website_id AS "websiteId",
                       max(%1$s) AS "hostname", session.browser, session.os, session.device, session.screen,
                       session.language, session.country, %2$s AS "region", session.city,
                       min(event.created_at) AS "firstAt", max(event.created_at) AS "lastAt",
                       count(DISTINCT event.visit_id)::text AS "visits",
                       (count(*) FILTER (WHERE event.event_type = 1))::text AS "views",
                       (count(*) FILTER (WHERE event.event_type = 2))::text AS "events",
                       floor(extract(epoch FROM max(event.created_at) - min(event.created_at)))::text AS "totaltime"
                FROM session
                JOIN website_event AS event ON event.session_id = session.session_id
                WHERE session.website_id = ? AND session.session_id = ?
                GROUP BY session.session_id
                """.formatted(hostname(), region(), distinctId()), List.of(website, session));
    }

    /** The newest events of a session in the time, 500 at most. */
    JsonArray activity(UUID website, UUID session, Between time) throws SQLException {
        return rows("""
                SELECT event.created_at AS "createdAt", event.url_path AS "urlPath", event.url_query AS "urlQuery",
                       event.referrer_domain AS "referrerDomain", event.event_id AS "eventId",
                       event.event_type AS "eventType", event.event_name AS "eventName", event.visit_id AS "visitId",
                       %1$s AS "hostname",
                       EXISTS (SELECT FROM event_data WHERE website_event_id = event.event_id) AS "hasData"
                FROM website_event AS event
                LEFT JOIN session ON session.session_id = event.session_id
                WHERE event.website_id = ? AND event.session_id = ? AND event.created_at BETWEEN ? AND ?
                ORDER BY event.created_at DESC
                LIMIT %2$d
                """.formatted(hostname(), ACTIVITY), List.of(website, session, time.start, time.end));
    }

    /** What was identified in a session. */
    JsonArray properties(UUID website, UUID session) throws SQLException {
        return rows("""
                SELECT data_key AS "dataKey", data_type AS "dataType", string_value AS "stringValue",
                       number_value AS "numberValue", date_value AS "dateValue", created_at AS "createdAt"
                FROM session_data
                WHERE website_id = ? AND session_id = ?
                ORDER BY data_key
                """, List.of(website, session));
    }

    /** Events of a website in the time, the latest first. */
    JsonObject events(UUID website, Between time, @Nullable String distinctId, Paging paging) throws SQLException {
        return page(
                """
                SELECT event.event_id AS "id", event.website_id AS "websiteId", event.session_id AS "sessionId",
                       event.created_at AS "createdAt", %1$s AS "hostname", event.url_path AS "urlPath",
                       event.url_query AS "urlQuery", event.referrer_path AS "referrerPath",
                       event.referrer_query AS "referrerQuery", event.referrer_domain AS "referrerDomain",
                       session.country, session.city, session.device, session.os, session.browser,
                       event.page_title AS "pageTitle", event.event_type AS "eventType",
                       event.event_name AS "eventName",
                       EXISTS (SELECT FROM event_data WHERE website_event_id = event.event_id) AS "hasData"
                FROM website_event AS event
                JOIN session ON session.session_id = event.session_id
                WHERE event.website_id = ? AND event.created_at BETWEEN ? AND ?
                    AND (?::text IS NULL OR %2$s = ?)
                ORDER BY event.created_at DESC, event.event_id
                """.formatted(hostname(), distinctId()),
                values(website, time.start, time.end, distinctId, distinctId),
                paging);
    }

    private String hostname() {
        return columns.contains("website_event.hostname") ? "event.hostname" : "session.hostname";
    }

    private String region() {
        return columns.contains("session.region") ? "session.region" : "session.subdivision1";
    }

    private String distinctId() {
        return columns.contains("session.distinct_id") ? "session.distinct_id" : "NULL::text";
    }

    private JsonObject page(String sql, List<@Nullable Object> values, Paging paging) throws SQLException {
        JsonArray data =
                rows(sql + " LIMIT " + paging.size + " OFFSET " + (long) paging.size * (paging.page - 1), values);
        JsonArray count = rows("SELECT count(*) AS count FROM (" + sql + ") AS counted", values);
        return new JsonObject()
                .put("data", data)
                .put("count", count.getJsonObject(0).getLong("count"))
                .put("page", paging.page)
                .put("pageSize", paging.size);
    }

    private @Nullable JsonObject one(String sql, List<@Nullable Object> values) throws SQLException {
        JsonArray found = rows(sql, values);
        return found.isEmpty() ? null : found.getJsonObject(0);
    }

    private JsonArray rows(String sql, List<@Nullable Object> values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                statement.setObject(i + 1, value instanceof Instant at ? Timestamp.from(at) : value);
            }
            try (ResultSet result = statement.executeQuery()) {
                JsonArray rows = new JsonArray();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        }
    }

    private static JsonObject row(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        JsonObject row = new JsonObject();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.put(columns.getColumnLabel(i), json(result.getObject(i)));
        }
        return row;
    }

    private static @Nullable Object json(@Nullable Object value) {
        if (value instanceof Timestamp at) {
            return TIME.format(at.toInstant());
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof UUID id ? id.toString() : value;
    }

    private static List<@Nullable Object> values(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    /** Both ends are in it. */
    record Between(Instant start, Instant end) {}
}
