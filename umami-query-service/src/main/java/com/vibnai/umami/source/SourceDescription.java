package com.vibnai.umami.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a source is and can do.
 *
 * @param kind {@code database} or {@code api}
 * @param versions the Umami versions it may be, in words: {@code 3.3 or later}; null if it cannot be told
 * @param columns {@code table.column} that are used and there; empty for an API
 * @param indexes those that would help, there or not; empty for an API
 * @param websites that are not deleted
 * @param ways what each way to find sessions costs
 * @param limits what cannot be had from it, a sentence each
 */
public record SourceDescription(
        String kind,
        @Nullable String versions,
        Set<String> columns,
        List<Index> indexes,
        List<Website> websites,
        Map<Way, Way.Cost> ways,
        List<String> limits) {

    /**
     * An index that Umami does not have of its own and that makes a way cheap.
     *
     * @param present whether the operator has added it
     * @param statement how to add it
     */
    public record Index(String table, List<String> columns, boolean present, String statement) {}

    /** A website that Umami watches. */
    public record Website(
            UUID websiteId, String name, @Nullable String domain) {}

    /** What a way costs here. */
    public Way.Cost cost(Way way) {
        return ways.getOrDefault(way, Way.Cost.ABSENT);
    }
}
