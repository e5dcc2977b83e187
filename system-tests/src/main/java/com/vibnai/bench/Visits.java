package com.vibnai.bench;

import com.vibnai.stage.PostgresServer;
import com.vibnai.stage.StageFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Page views of linked users, as Umami writes them. Their path is the time at which they were sent. */
public final class Visits implements AutoCloseable {

    /** In front of the milliseconds since 1970. */
    static final String PATH = "/live/";

    /** Sessions that carry the user's own id: what happens there now is the user's. */
    private static final String SESSIONS = """
            SELECT min(user_id) AS user_id, session_id FROM identity_links
            WHERE kind = 'identified' AND session_id IN (
                SELECT session_id FROM identity_links WHERE user_id = ANY(?) AND kind = 'identified')
            GROUP BY session_id HAVING count(DISTINCT user_id) = 1
            """;

    private static final String VISIT = """
            INSERT INTO website_event
            SELECT (jsonb_populate_record(earlier, jsonb_build_object('event_id', gen_random_uuid(),
                'created_at', clock_timestamp(), 'url_path', ?::text, 'event_type', 1))).*
            FROM (SELECT website_event AS earlier FROM website_event WHERE session_id = ? LIMIT 1) AS one,
                generate_series(1, ?)
            """;

    private final Connection umami;
    private final PreparedStatement visit;
    private final List<String> users = new ArrayList<>();
    private final List<UUID> sessions = new ArrayList<>();

    /** Of those of {@code users} whose sessions the database {@code attribution} knows, in the database {@code umami}. */
    public Visits(PostgresServer server, String umami, String attribution, List<String> users) throws SQLException {
        try (Connection links = server.connect(attribution);
                PreparedStatement select = links.prepareStatement(SESSIONS)) {
            select.setArray(1, links.createArrayOf("text", users.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (!this.users.contains(rows.getString("user_id"))) {
                        this.users.add(rows.getString("user_id"));
                        sessions.add(rows.getObject("session_id", UUID.class));
                    }
                }
            }
        }
        if (this.users.isEmpty()) {
            throw new StageFailure("No user of the sample has an identified session.");
        }
        this.umami = server.connect(umami);
        this.visit = this.umami.prepareStatement(VISIT);
    }

    /** Who can be sent to Umami. */
    List<String> users() {
        return users;
    }

    /** Stores so many page views of the user at this place of {@link #users()}, all at once. */
    public void store(int user, long sentAt, int many) throws SQLException {
        visit.setString(1, PATH + sentAt);
        visit.setObject(2, sessions.get(user));
        visit.setInt(3, many);
        if (visit.executeUpdate() != many) {
            throw new StageFailure("Session " + sessions.get(user) + " has no events.");
        }
    }

    @Override
    public void close() throws SQLException {
        umami.close();
    }
}
