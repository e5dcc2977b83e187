package com.vibnai.umami.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.umami.source.SourceDescription.Index;
import com.vibnai.umami.source.SourceDescription.Website;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the Umami behind this service is.
 *
 * @param source where events come from
 * @param versions which Umami it may be
 * @param tables what is there, of what is used: columns by table; empty for the API
 * @param indexes that make finding sessions cheap, with the statement that an operator may run to add a missing one
 * @param ways to find a user's sessions in Umami itself
 * @param websites that Umami watches
 * @param limits what cannot be had from this source, a sentence each
 */
@Schema(name = "Source")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SourceResponse(
        @Schema(enumeration = {"database", "api"}) String source,

        @Schema(nullable = true, examples = "3.3 or later") @Nullable
        String versions,

        SortedMap<String, List<String>> tables,
        List<SourceIndex> indexes,
        List<SourceWay> ways,
        List<SourceWebsite> websites,
        List<String> limits,
        FollowerStatus.State follower) {

    /**
     * An index beyond Umami's own.
     *
     * @param present whether it is there
     * @param statement how to add it
     */
    @Schema(name = "SourceIndex")
    public record SourceIndex(
            @Schema(examples = "session") String table,
            List<String> columns,
            boolean present,

            @Schema(
                    examples =
                            "CREATE INDEX CONCURRENTLY ON session (website_id, distinct_id) WHERE distinct_id IS NOT NULL")
            String statement) {

        static SourceIndex of(Index index) {
            return new SourceIndex(index.table(), index.columns(), index.present(), index.statement());
        }
    }

    /**
     * A way to find sessions, and what it costs here.
     *
     * @param cost cheap: by an index. scan: Umami has to read a whole table. absent: this Umami has nothing of the kind
     */
    @Schema(name = "SourceWay")
    public record SourceWay(
            @Schema(enumeration = {"session_link", "distinct_id", "session_data"})
            String name,

            @Schema(enumeration = {"cheap", "scan", "absent"})
            String cost) {}

    /** A website that Umami watches. */
    @Schema(name = "SourceWebsite")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SourceWebsite(
            UUID websiteId,
            String name,
            @Schema(nullable = true) @Nullable String domain) {

        static SourceWebsite of(Website website) {
            return new SourceWebsite(website.websiteId(), website.name(), website.domain());
        }
    }

    static SourceResponse of(SourceDescription found, FollowerStatus.State follower) {
        return new SourceResponse(
                found.kind(),
                found.versions(),
                tables(found),
                found.indexes().stream().map(SourceIndex::of).toList(),
                Arrays.stream(Way.values())
                        .map(way -> new SourceWay(way.label(), found.cost(way).label()))
                        .toList(),
                found.websites().stream().map(SourceWebsite::of).toList(),
                found.limits(),
                follower);
    }

    private static SortedMap<String, List<String>> tables(SourceDescription found) {
        SortedMap<String, List<String>> tables = new TreeMap<>();
        for (String name : new TreeSet<>(found.columns())) {
            String[] parts = name.split("\\.", 2);
            tables.computeIfAbsent(parts[0], table -> new ArrayList<>()).add(parts[1]);
        }
        return tables;
    }
}
