package com.vibnai.umami.source.database;

import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.source.SourceDescription;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the Umami at hand has, and keeps it: until it is told to forget (a statement met a column that is gone),
 * and not longer than some minutes. While a look fails, what was seen before holds.
 */
class SchemaDetection {

    private static final String COLUMNS = """
            SELECT table_name || '.' || column_name AS name
            FROM information_schema.columns
            WHERE table_schema = current_schema()
                AND table_name IN ('website', 'session', 'website_event', 'session_data', 'event_data', 'session_link')
            LIMIT 1000
            """;

    /** Complete indexes, or such that leave out NULLs only: key columns in order. */
    private static final String INDEXES = """
            SELECT relation.relname AS relation,
                   ARRAY(SELECT attribute.attname::text
                         FROM unnest(index.indkey) WITH ORDINALITY AS key (number, place)
                         JOIN pg_attribute AS attribute
                             ON attribute.attrelid = index.indrelid AND attribute.attnum = key.number
                         ORDER BY key.place) AS columns
            FROM pg_index AS index
            JOIN pg_class AS relation ON relation.oid = index.indrelid
            JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
            WHERE namespace.nspname = current_schema()
                AND relation.relname IN ('session', 'session_data', 'session_link', 'website_event')
                AND index.indisvalid
                AND (index.indpred IS NULL OR pg_get_expr(index.indpred, index.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
            LIMIT 1000
            """;

    private final ReadOnlyTransactions transactions;
    private final Duration statementTimeout;
    private final Duration keep;
    private final AtomicReference<@Nullable Seen> seen = new AtomicReference<>();

    SchemaDetection(ReadOnlyTransactions transactions, QueryConfig config) {
        this.transactions = transactions;
        this.statementTimeout = config.statementTimeout();
        this.keep = config.detectEvery();
    }

    private record Seen(UmamiSchema schema, Instant at) {}

    /** What is there; 503 if it cannot be told or is not enough. */
    Uni<UmamiSchema> schema() {
        Seen known = seen.get();
        if (known == null) {
            return detect();
        }
        Instant now = Instant.now();
        boolean due = known.at.plus(keep).isBefore(now) && seen.compareAndSet(known, new Seen(known.schema, now));
        return due
                ? detect().onFailure().recoverWithItem(known.schema)
                : Uni.createFrom().item(known.schema);
    }

    /** Looks again at the next call. */
    void forget() {
        seen.set(null);
    }

    private Uni<UmamiSchema> detect() {
        return transactions
                .queries(List.of(COLUMNS, INDEXES), Tuple.tuple(), statementTimeout)
                .flatMap(answers -> websites(columns(answers.get(0)), indexes(answers.get(1))))
                .invoke(UmamiSchema::refuseIfUnusable)
                .invoke(schema -> seen.set(new Seen(schema, Instant.now())));
    }

    private Uni<UmamiSchema> websites(UmamiColumns columns, Set<UmamiSchema.Key> indexes) {
        if (!columns.has("website", "website_id")) {
            return Uni.createFrom().item(new UmamiSchema(columns, indexes, List.of()));
        }
        return transactions
                .query(websites(columns), Tuple.tuple(), statementTimeout)
                .map(rows -> new UmamiSchema(columns, indexes, Rows.all(rows, SchemaDetection::website)));
    }

    private static String websites(UmamiColumns columns) {
        return """
                SELECT website_id, %s, %s FROM website %s ORDER BY website_id LIMIT 1000
                """.formatted(
                        columns.has("website", "name") ? "name" : "'' AS name",
                        columns.has("website", "domain") ? "domain" : "NULL::text AS domain",
                        columns.has("website", "deleted_at") ? "WHERE deleted_at IS NULL" : "");
    }

    private static SourceDescription.Website website(Row row) {
        return new SourceDescription.Website(row.getUUID("website_id"), row.getString("name"), row.getString("domain"));
    }

    private static UmamiColumns columns(RowSet<Row> rows) {
        return new UmamiColumns(Set.copyOf(Rows.all(rows, row -> row.getString("name"))));
    }

    private static Set<UmamiSchema.Key> indexes(RowSet<Row> rows) {
        return Rows.all(
                        rows,
                        row -> new UmamiSchema.Key(
                                row.getString("relation"), List.of(row.getArrayOfStrings("columns"))))
                .stream()
                .collect(Collectors.toSet());
    }
}
