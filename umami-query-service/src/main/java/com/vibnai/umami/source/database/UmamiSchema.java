package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.source.SourceDescription;
import com.vibnai.umami.source.SourceDescription.Index;
import com.vibnai.umami.source.SourceDescription.Website;
import com.vibnai.umami.source.Way;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the Umami at hand has.
 *
 * @param indexes by their key columns
 * @param websites at most 1,000
 */
record UmamiSchema(UmamiColumns columns, Set<Key> indexes, List<Website> websites) {

    /** Without these nothing can be told of a user. All else is read if it is there. */
    private static final List<String> NEEDED = List.of(
            "website_event.event_id",
            "website_event.website_id",
            "website_event.session_id",
            "website_event.visit_id",
            "website_event.created_at",
            "website_event.url_path",
            "website_event.event_type",
            "session.session_id");

    private static final Key BY_DISTINCT_ID = new Key("session", List.of("website_id", "distinct_id"));
    private static final Key BY_DATA = new Key("session_data", List.of("website_id", "data_key", "string_value"));
    private static final Key BY_SESSION = new Key("website_event", List.of("website_id", "session_id", "created_at"));

    /** The key columns of an index, in order. */
    record Key(String table, List<String> columns) {

        boolean startsWith(Key other) {
            return table.equals(other.table)
                    && columns.size() >= other.columns.size()
                    && columns.subList(0, other.columns.size()).equals(other.columns);
        }
    }

    /** Throws a 503 that names what is missing. */
    void refuseIfUnusable() {
        List<String> missing =
                NEEDED.stream().filter(name -> !columns.names().contains(name)).toList();
        if (!missing.isEmpty()) {
            throw ApiException.unavailable(
                    "This database is no Umami that can be read: there is no column " + String.join(", ", missing)
                            + ", or the role may not read it.",
                    ReadOnlyTransactions.RETRY);
        }
    }

    boolean hasSessionLinks() {
        return columns.has("session_link", "distinct_id")
                && columns.has("session_link", "session_id")
                && columns.has("session_link", "website_id")
                && columns.has("session_link", "created_at");
    }

    boolean hasDistinctIds() {
        return columns.has("session", "distinct_id") && columns.has("session", "website_id");
    }

    boolean hasSessionData() {
        return columns.has("session_data", "data_key")
                && columns.has("session_data", "string_value")
                && columns.has("session_data", "website_id")
                && columns.has("session_data", "session_id");
    }

    Way.Cost cost(Way way) {
        return switch (way) {
            case SESSION_LINK -> hasSessionLinks() ? Way.Cost.CHEAP : Way.Cost.ABSENT;
            case DISTINCT_ID -> cost(hasDistinctIds(), BY_DISTINCT_ID);
            case SESSION_DATA -> cost(hasSessionData(), BY_DATA);
        };
    }

    SourceDescription describe() {
        Map<Way, Way.Cost> ways = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            ways.put(way, cost(way));
        }
        return new SourceDescription("database", versions(), columns.names(), helpful(), websites, ways, limits());
    }

    private Way.Cost cost(boolean there, Key index) {
        if (!there) {
            return Way.Cost.ABSENT;
        }
        return has(index) ? Way.Cost.CHEAP : Way.Cost.SCAN;
    }

    private boolean has(Key index) {
        return indexes.stream().anyMatch(one -> one.startsWith(index));
    }

    /** The newest thing that is there says how old Umami is at least. */
    private String versions() {
        if (columns.hasTable("session_link")) {
            return "3.3 or later";
        }
        if (columns.has("website_event", "lcp")) {
            return "3.1 to 3.2";
        }
        return columns.has("session", "distinct_id") ? "2.18 to 3.0" : "2.13 to 2.17";
    }

    private List<Index> helpful() {
        List<Index> found = new ArrayList<>();
        found.add(index(BY_SESSION, ""));
        if (hasDistinctIds()) {
            found.add(index(BY_DISTINCT_ID, " WHERE distinct_id IS NOT NULL"));
        }
        if (hasSessionData()) {
            found.add(index(BY_DATA, ""));
        }
        return found;
    }

    private Index index(Key key, String where) {
        return new Index(
                key.table(),
                key.columns(),
                has(key),
                "CREATE INDEX CONCURRENTLY ON " + key.table() + " (" + String.join(", ", key.columns()) + ")" + where);
    }

    private List<String> limits() {
        return Stream.of(
                        without("website_event.hostname", "session.hostname", "hostname"),
                        without("session.region", "session.subdivision1", "region"),
                        without("website_event.referrer_domain", null, "referrer_domain"),
                        without("website_event.event_name", null, "event_name"),
                        without("event_data.data_key", null, "event_data"))
                .flatMap(List::stream)
                .toList();
    }

    private List<String> without(String column, @Nullable String older, String field) {
        boolean there = columns.names().contains(column)
                || (older != null && columns.names().contains(older));
        return there ? List.of() : List.of(field + " is always null: this Umami has no column " + column + ".");
    }
}
