package com.vibnai.attribution.conversion;

import com.vibnai.attribution.platform.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads conversions, newest first. Each combination of filters is a statement of its own, so each can use its index. */
@ApplicationScoped
class ConversionRepository {

    private static final String READ = """
            SELECT conversion_id, idempotency_key, user_id, name, occurred_at, value, currency,
                   properties::text AS properties, created_at
            FROM conversions
            """;

    private final Pool database;

    ConversionRepository(Pool database) {
        this.database = database;
    }

    /** The next {@code limit} conversions that pass the filter. */
    Uni<Page<ConversionResponse>> page(ConversionFilter filter, int limit) {
        Query query = new Query();
        query.where("user_id = $%d", filter.userId());
        query.where("name = $%d", filter.name());
        query.where(
                "occurred_at >= $%d",
                filter.from() == null ? null : filter.from().atOffset(ZoneOffset.UTC));
        query.where(
                "occurred_at < $%d", filter.to() == null ? null : filter.to().atOffset(ZoneOffset.UTC));
        if (filter.after() != null) {
            query.where("occurred_at <= $%d", filter.after().occurredAt().atOffset(ZoneOffset.UTC));
            query.where(
                    "(occurred_at < $%d OR conversion_id > $%d)",
                    filter.after().occurredAt().atOffset(ZoneOffset.UTC),
                    filter.after().conversionId());
        }
        return database.preparedQuery(query.sql(limit + 1))
                .execute(Tuple.from(query.values))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ConversionResponse::from)
                        .toList())
                .map(rows -> Page.of(
                        rows, limit, row -> row, last -> new ConversionCursor(last.occurredAt(), last.conversionId())
                                .toString()));
    }

    /** Grows a statement by the conditions that are asked for. */
    private static final class Query {

        private final List<String> conditions = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        void where(String condition, @Nullable Object... parameters) {
            if (parameters[0] == null) {
                return;
            }
            List<Integer> positions = new ArrayList<>();
            for (Object parameter : parameters) {
                values.add(parameter);
                positions.add(values.size());
            }
            conditions.add(condition.formatted(positions.toArray()));
        }

        String sql(int rows) {
            values.add(rows);
            return READ
                    + (conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions))
                    + " ORDER BY occurred_at DESC, conversion_id LIMIT $" + values.size();
        }
    }
}
