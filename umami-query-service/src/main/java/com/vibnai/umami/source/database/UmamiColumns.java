package com.vibnai.umami.source.database;

import java.util.Set;

/**
 * Which columns this Umami has: later versions added some and moved others. Absent ones read as null.
 *
 * @param names {@code table.column}
 */
record UmamiColumns(Set<String> names) {

    /** Copies the set. */
    UmamiColumns {
        names = Set.copyOf(names);
    }

    boolean has(String table, String column) {
        return names.contains(table + "." + column);
    }

    boolean hasTable(String table) {
        return names.stream().anyMatch(name -> name.startsWith(table + "."));
    }

    /** SQL for a column of website_event, named {@code event} in the statement. */
    String event(String column) {
        return read("website_event", "event", column);
    }

    /** SQL for a column of session, named {@code session} in the statement. */
    String session(String column) {
        return read("session", "session", column);
    }

    /** SQL for the host of an event: on the event since 2.18, on the session before. */
    String hostname() {
        return has("website_event", "hostname") ? "event.hostname" : session("hostname");
    }

    /** SQL for the region of a session: one column since 2.18, subdivision1 before. */
    String region() {
        if (has("session", "region")) {
            return "session.region";
        }
        return has("session", "subdivision1") ? "session.subdivision1 AS region" : "NULL::text AS region";
    }

    private String read(String table, String alias, String column) {
        return has(table, column) ? alias + "." + column : "NULL::text AS " + column;
    }
}
