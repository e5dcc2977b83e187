package com.vibnai.attribution.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which column becomes which field of a signup. Only these are sent: a table of users holds much that is nobody's business.
 *
 * @param columns field to column; a field with dots is nested
 */
record ColumnMapping(Map<String, String> columns) {

    /** Reads {@code field=column}, or {@code field} where the column has the same name. */
    static ColumnMapping parse(List<String> pairs) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String field = equals < 0 ? pair : pair.substring(0, equals);
            String column = equals < 0 ? pair : pair.substring(equals + 1);
            if (field.isBlank() || column.isBlank()) {
                throw new IllegalArgumentException("`" + pair + "` is not of the form field=column");
            }
            columns.put(field.strip(), column.strip());
        }
        if (!columns.containsKey("user_id")) {
            throw new IllegalArgumentException("--map has to say which column is user_id");
        }
        return new ColumnMapping(columns);
    }

    /** The body of a signup. */
    ObjectNode apply(Row row) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        columns.forEach((field, column) -> {
            String value = row.values().get(column);
            if (value != null) {
                put(body, field, value);
            }
        });
        return body;
    }

    private static void put(ObjectNode body, String field, String value) {
        int dot = field.indexOf('.');
        if (dot < 0) {
            body.put(field, value);
        } else {
            put(body.withObjectProperty(field.substring(0, dot)), field.substring(dot + 1), value);
        }
    }
}
