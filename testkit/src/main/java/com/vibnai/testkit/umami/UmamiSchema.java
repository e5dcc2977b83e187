package com.vibnai.testkit.umami;

import com.vibnai.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/**
 * Umami's PostgreSQL schema in the four generations that matter to a reader. Each generation is the one before it plus
 * the changes in {@code umami/schema/<name>.sql}; indexes are Umami's own, which means none on {@code distinct_id} or
 * {@code string_value}.
 */
public enum UmamiSchema {
    /** No distinct ids; campaign parameters only inside {@code url_query}; hostname on the session. */
    V2_13,
    /** Campaign columns and hostname on events, {@code distinct_id} and region on sessions. */
    V2_18,
    /** Performance columns, and event type 5. */
    V3_1,
    /** The {@code session_link} table. */
    V3_3;

    /** Creates the tables and indexes of this generation in an empty database. */
    public void create(TestDatabase database) {
        Arrays.stream(values())
                .filter(generation -> generation.compareTo(this) <= 0)
                .forEach(generation -> database.execute(generation.script()));
    }

    /** Adds a website and answers its id. */
    public static UUID addWebsite(TestDatabase database, String name, String domain) {
        UUID id = UUID.randomUUID();
        addWebsite(database, id, name, domain);
        return id;
    }

    /** Adds a website with a given id. */
    public static void addWebsite(TestDatabase database, UUID id, String name, String domain) {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO website (website_id, name, domain) VALUES (?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setString(2, name);
            insert.setString(3, domain);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot add the website " + name, e);
        }
    }

    private String script() {
        String path = "/umami/schema/" + name().toLowerCase(Locale.ROOT) + ".sql";
        try (InputStream script = UmamiSchema.class.getResourceAsStream(path)) {
            if (script == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
