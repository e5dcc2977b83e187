package com.vibnai.umami.platform;

import java.util.Set;

/**
 * Which columns this Umami has: later versions added some and moved others. Absent ones read as null.
 *
 * @param names {@code table.column}
 */
public record UmamiColumns(Set<String> names) {

    /** Copies the set. */
    public UmamiColumns {
        names = Set.copyOf(names);
    }

    /** SQL for a column of website_event, named {@code event} in the statement. */
    public String event(String column) {
        return names.contains("website_event." + column) ? "event." + column : "NULL::text AS " + column;
    }

    /** SQL for the host of an event: on the event since 2.18, on the session before. */
    public String hostname() {
        return names.contains("website_event.hostname") ? "event.hostname" : "session.hostname";
    }

    /** SQL for the region of a session: one column since 2.18, subdivision1 before. */
    public String region() {
        return names.contains("session.region") ? "session.region" : "session.subdivision1";
    }
}
