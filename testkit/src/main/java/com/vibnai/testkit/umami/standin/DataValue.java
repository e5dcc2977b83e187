package com.vibnai.testkit.umami.standin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One key of a payload's data, typed as Umami types it: 1 string, 2 number, 3 boolean, 4 date, 5 array. */
record DataValue(
        int type,
        @Nullable String string,
        @Nullable BigDecimal number,
        @Nullable Instant date) {

    /** All values of a payload, by key; keys of nested objects are joined with dots, nulls left out. */
    static Map<String, DataValue> flatten(JsonObject data) {
        Map<String, DataValue> values = new LinkedHashMap<>();
        flatten("", data, values);
        return values;
    }

    private static void flatten(String prefix, JsonObject data, Map<String, DataValue> values) {
        for (Map.Entry<String, Object> entry : data) {
            String key = prefix + entry.getKey();
            if (entry.getValue() instanceof JsonObject nested) {
                flatten(key + ".", nested, values);
            } else if (entry.getValue() != null) {
                values.put(key, of(entry.getValue()));
            }
        }
    }

    private static DataValue of(Object value) {
        if (value instanceof Number number) {
            BigDecimal decimal = new BigDecimal(number.toString()).setScale(4, RoundingMode.HALF_UP);
            return new DataValue(2, decimal.toPlainString(), decimal, null);
        }
        if (value instanceof Boolean) {
            return new DataValue(3, value.toString(), null, null);
        }
        if (value instanceof JsonArray array) {
            return new DataValue(5, cut(array.encode()), null, null);
        }
        Instant date = date(value.toString());
        return date == null
                ? new DataValue(1, cut(value.toString()), null, null)
                : new DataValue(4, value.toString(), null, date);
    }

    private static @Nullable Instant date(String text) {
        if (!text.matches("\\d{4}-\\d{2}-\\d{2}T.*")) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String cut(String text) {
        return text.length() > 500 ? text.substring(0, 500) : text;
    }
}
