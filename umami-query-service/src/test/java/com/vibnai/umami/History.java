package com.vibnai.umami;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Rows of Umami, written as a test needs them. */
public final class History {

    public final UUID website = UUID.randomUUID();

    public UUID session(String device, String browser, String country) {
        UUID session = UUID.randomUUID();
        run(
                "INSERT INTO session (session_id, website_id, device, browser, os, screen, language, country, region, city)"
                        + " VALUES (?, ?, ?, ?, 'Linux', '1920x1080', 'en-US', ?, 'BE', 'Berlin')",
                session,
                website,
                device,
                browser,
                country);
        return session;
    }

    public UUID pageview(UUID session, UUID visit, String at, String path) {
        return event(session, visit, at, path, null, 1, null);
    }

    public UUID event(UUID session, UUID visit, String at, String path, String query, int type, String name) {
        UUID event = UUID.randomUUID();
        run(
                "INSERT INTO website_event (event_id, website_id, session_id, visit_id, created_at, url_path, url_query,"
                        + " event_type, event_name, hostname, page_title, referrer_domain, utm_source)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'example.com', 'Title', ?, ?)",
                event,
                website,
                session,
                visit,
                OffsetDateTime.parse(at),
                path,
                query,
                type,
                name,
                query == null ? null : "t.co",
                query == null ? null : "twitter");
        return event;
    }

    private static void run(String sql, Object... values) {
        try (Connection connection = UmamiStack.umami().connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
