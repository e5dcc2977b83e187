package com.vibnai.umami.source.database;

import com.vibnai.umami.source.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was sent along with events: Umami keeps a row for each key, by type. */
final class EventDataQuery {

    /** Keys of one event at most; Umami itself takes 50. */
    private static final int KEYS = 100;

    private static final int NUMBER = 2;
    private static final int BOOLEAN = 3;
    private static final int DATE = 4;
    private static final int ARRAY = 5;

    private static final String DATA = """
            SELECT data.website_event_id, data.data_key, data.string_value, data.number_value, data.date_value, data.data_type
            FROM unnest($1::uuid[]) AS event (event_id)
            CROSS JOIN LATERAL (
                SELECT * FROM event_data
                WHERE event_data.website_event_id = event.event_id
                ORDER BY data_key
                LIMIT $2) AS data
            """;

    /** For an Umami without the table; the parameters keep their types. */
    private static final String NONE =
            "SELECT NULL::uuid AS website_event_id WHERE $1::uuid[] IS NULL AND $2::int IS NULL";

    private final UmamiDatabase umami;

    EventDataQuery(UmamiDatabase umami) {
        this.umami = umami;
    }

    Uni<Map<UUID, Map<String, Object>>> data(List<Event> events) {
        UUID[] ids = events.stream().map(Event::eventId).toArray(UUID[]::new);
        return umami.query(
                        columns -> columns.has("event_data", "data_key") ? DATA : NONE,
                        Tuple.tuple().addArrayOfUUID(ids).addInteger(KEYS))
                .map(EventDataQuery::byEvent);
    }

    private static Map<UUID, Map<String, Object>> byEvent(RowSet<Row> rows) {
        Map<UUID, Map<String, Object>> found = new HashMap<>();
        for (Row row : rows) {
            Object value = value(row);
            if (value != null) {
                found.computeIfAbsent(row.getUUID("website_event_id"), event -> new LinkedHashMap<>())
                        .put(row.getString("data_key"), value);
            }
        }
        return found;
    }

    private static @Nullable Object value(Row row) {
        String text = row.getString("string_value");
        return switch (row.getInteger("data_type")) {
            case NUMBER ->
                row.getBigDecimal("number_value") == null
                        ? text
                        : row.getBigDecimal("number_value").stripTrailingZeros();
            case BOOLEAN -> text == null ? null : Boolean.valueOf(text);
            case DATE ->
                row.getOffsetDateTime("date_value") == null
                        ? text
                        : row.getOffsetDateTime("date_value").toInstant();
            case ARRAY -> text == null ? null : array(text);
            default -> text;
        };
    }

    /** Umami cuts long values, so an array may be none any more. */
    private static Object array(String text) {
        try {
            return ((JsonArray) Json.decodeValue(text)).getList();
        } catch (DecodeException | ClassCastException e) {
            return text;
        }
    }
}
