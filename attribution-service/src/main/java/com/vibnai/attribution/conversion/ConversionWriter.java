package com.vibnai.attribution.conversion;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes conversions, one or thousands in one statement. The unique key decides, whoever else writes at the same time; what
 * has each key afterwards is read by a second statement, which sees what others have committed.
 */
@ApplicationScoped
class ConversionWriter {

    private static final String SENT = """
            unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[])
                WITH ORDINALITY AS sent (
                    conversion_id, idempotency_key, user_id, name, occurred_at, value, currency, properties, position)
            """;

    private static final String WRITE = """
            INSERT INTO conversions (
                conversion_id, idempotency_key, user_id, name, occurred_at, value, currency, properties)
            SELECT conversion_id, idempotency_key, user_id, name, occurred_at, value::numeric(19, 4), currency,
                   properties::jsonb
            FROM %sORDER BY idempotency_key, position
            ON CONFLICT (idempotency_key) DO NOTHING
            """.formatted(SENT);

    private static final String READ = """
            SELECT stored.conversion_id, stored.idempotency_key, stored.user_id, stored.name, stored.occurred_at,
                   stored.value, stored.currency, stored.properties::text AS properties, stored.created_at,
                   stored.conversion_id = sent.conversion_id AS created,
                   (stored.user_id, stored.name, stored.occurred_at, stored.value, stored.currency, stored.properties)
                       IS NOT DISTINCT FROM (sent.user_id, sent.name, sent.occurred_at, sent.value::numeric(19, 4),
                                             sent.currency::char(3), sent.properties::jsonb) AS same
            FROM %sLEFT JOIN conversions AS stored USING (idempotency_key)
            ORDER BY sent.position
            """.formatted(SENT);

    private final Pool database;

    ConversionWriter(Pool database) {
        this.database = database;
    }

    /** Stores what is new; answers, in order, what became of each. */
    Uni<List<Written>> write(List<Conversion> conversions) {
        Tuple sent = parameters(conversions);
        return database.preparedQuery(WRITE)
                .execute(sent)
                .flatMap(written -> database.preparedQuery(READ).execute(sent))
                .map(ConversionWriter::written);
    }

    private static List<Written> written(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ConversionWriter::written)
                .toList();
    }

    private static Written written(Row row) {
        if (row.getUUID("conversion_id") == null) {
            return new Written(Written.Outcome.ERASED, null);
        }
        Written.Outcome outcome = row.getBoolean("created")
                ? Written.Outcome.CREATED
                : row.getBoolean("same") ? Written.Outcome.KNOWN : Written.Outcome.CONFLICT;
        return new Written(outcome, ConversionResponse.from(row));
    }

    private static Tuple parameters(List<Conversion> conversions) {
        return Tuple.tuple()
                .addArrayOfUUID(column(conversions, Conversion::id, UUID[]::new))
                .addArrayOfString(column(conversions, Conversion::idempotencyKey, String[]::new))
                .addArrayOfString(column(conversions, Conversion::userId, String[]::new))
                .addArrayOfString(column(conversions, Conversion::name, String[]::new))
                .addArrayOfOffsetDateTime(column(
                        conversions,
                        conversion -> conversion.occurredAt().atOffset(ZoneOffset.UTC),
                        OffsetDateTime[]::new))
                .addArrayOfString(column(conversions, ConversionWriter::value, String[]::new))
                .addArrayOfString(column(conversions, Conversion::currency, String[]::new))
                .addArrayOfString(column(
                        conversions, conversion -> new JsonObject(conversion.properties()).encode(), String[]::new));
    }

    private static @Nullable String value(Conversion conversion) {
        return conversion.value() == null ? null : conversion.value().toPlainString();
    }

    private static <T> T[] column(
            List<Conversion> conversions, Function<Conversion, @Nullable T> value, IntFunction<T[]> array) {
        return conversions.stream().map(value).toArray(array);
    }
}
