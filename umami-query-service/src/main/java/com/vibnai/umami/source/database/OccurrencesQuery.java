package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.source.Action;
import com.vibnai.umami.source.Occurrences;
import com.vibnai.umami.source.Occurrences.Occurrence;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the events of websites in order of time, by Umami's own index, and keeps those that are asked for. Neither
 * how many it walks through nor how many it keeps grows with Umami: each website has its part of both, and where that is
 * used up the walk ends.
 */
final class OccurrencesQuery {

    /** Parameters before those of the actions. */
    private static final int OWN_PARAMETERS = 6;

    private final UmamiDatabase umami;
    private final int walked;
    private final int kept;

    OccurrencesQuery(UmamiDatabase umami, QueryConfig config) {
        this.umami = umami;
        this.walked = config.siteEvents();
        this.kept = config.events();
    }

    Uni<Occurrences> occurrences(
            List<UUID> websites, List<Action> actions, Instant from, Instant firstUntil, Instant until) {
        if (websites.isEmpty() || actions.isEmpty()) {
            return Uni.createFrom().item(Occurrences.NONE);
        }
        int keptOfEach = Math.max(1, kept / websites.size());
        Tuple parameters = Tuple.tuple()
                .addArrayOfUUID(websites.toArray(UUID[]::new))
                .addOffsetDateTime(OwnedEvents.time(from))
                .addOffsetDateTime(OwnedEvents.time(until))
                .addLong(Math.max(1, walked / websites.size()) + 1L)
                .addLong(keptOfEach + 1L)
                .addOffsetDateTime(OwnedEvents.time(firstUntil));
        actions.stream().filter(OccurrencesQuery::hasValue).forEach(action -> parameters.addString(value(action)));
        return umami.query(columns -> sql(columns, actions), parameters)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(rows -> read(rows, keptOfEach));
    }

    private static Occurrences read(RowSet<Row> rows, int keptOfEach) {
        List<Occurrence> all = new ArrayList<>();
        Map<UUID, Integer> perSite = new HashMap<>();
        Instant end = Instant.MAX;
        for (Row row : rows) {
            UUID site = row.getUUID("website_id");
            Instant at = row.getOffsetDateTime("created_at").toInstant();
            if (row.getBoolean("last") || perSite.merge(site, 1, Integer::sum) > keptOfEach) {
                end = at.isBefore(end) ? at : end;
            }
            all.add(new Occurrence(site, row.getUUID("session_id"), at, row.getInteger("actions")));
        }
        return end.equals(Instant.MAX) ? new Occurrences(all, null) : before(end, all);
    }

    /** Some sites were read further than others: what can be told of all ends where the first one was cut. */
    private static Occurrences before(Instant end, List<Occurrence> all) {
        return new Occurrences(
                all.stream().filter(one -> one.at().isBefore(end)).toList(), end);
    }

    private static String sql(UmamiColumns columns, List<Action> actions) {
        return """
                SELECT site.website_id, event.session_id, event.created_at, event.actions, event.place = $4 AS last
                FROM unnest($1::uuid[]) AS site (website_id)
                CROSS JOIN LATERAL (
                    SELECT session_id, created_at, actions, place
                    FROM (
                        SELECT event.session_id, event.created_at, %s AS actions,
                               row_number() OVER (ORDER BY event.created_at) AS place
                        FROM website_event AS event
                        WHERE event.website_id = site.website_id
                            AND event.created_at >= $2 AND event.created_at < $3
                            AND event.event_type IN (1, 2)
                        ORDER BY event.created_at
                        LIMIT $4::bigint) AS event
                    WHERE actions > 0 OR place = $4
                    ORDER BY created_at
                    LIMIT $5::bigint) AS event
                """.formatted(bits(columns, actions));
    }

    /** Which actions an event is. The first one is of use only before {@code $6}. */
    private static String bits(UmamiColumns columns, List<Action> actions) {
        List<String> bits = new ArrayList<>();
        int parameter = OWN_PARAMETERS;
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            String is = is(columns, action, hasValue(action) ? ++parameter : null);
            bits.add("CASE WHEN %s%s THEN %d ELSE 0 END"
                    .formatted(is, i == 0 ? " AND event.created_at < $6::timestamptz" : "", 1 << i));
        }
        return String.join(" + ", bits);
    }

    private static String is(UmamiColumns columns, Action action, @Nullable Integer parameter) {
        return switch (action.kind()) {
            case VISIT -> "event.event_type = 1";
            case PATH -> "event.event_type = 1 AND event.url_path LIKE $" + parameter;
            case EVENT ->
                columns.has("website_event", "event_name")
                        ? "event.event_type = 2 AND event.event_name = $" + parameter
                        : "$" + parameter + "::text IS NULL";
        };
    }

    private static boolean hasValue(Action action) {
        return action.kind() != Action.Kind.VISIT;
    }

    /** A path as a pattern of LIKE: what means something there is taken as it stands, and {@code *} is any text. */
    private static String value(Action action) {
        return action.kind() == Action.Kind.EVENT
                ? action.value()
                : action.value()
                        .replace("\\", "\\\\")
                        .replace("%", "\\%")
                        .replace("_", "\\_")
                        .replace("*", "%");
    }
}
