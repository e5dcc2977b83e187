package com.vibnai.testkit.umami;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a real Umami 3.1.0 was asked, answered and stored. */
final class Recording {

    private Recording() {}

    static JsonNode exchanges() {
        try (InputStream file = open("exchanges.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a table; an empty field is a null. No recorded value holds a comma or a quote. */
    static List<Map<String, String>> rows(String table) {
        try (InputStream file = open(table + ".csv")) {
            List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            String[] columns = lines.get(0).split(",", -1);
            return lines.stream().skip(1).map(line -> row(columns, line)).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> row(String[] columns, String line) {
        String[] values = line.split(",", -1);
        if (values.length != columns.length) {
            throw new IllegalStateException("a row with " + values.length + " fields: " + line);
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i++) {
            row.put(columns[i], values[i]);
        }
        return row;
    }

    private static InputStream open(String file) {
        InputStream stream = Recording.class.getResourceAsStream("/umami-3.1.0/" + file);
        if (stream == null) {
            throw new IllegalStateException(file + " is not on the class path");
        }
        return stream;
    }
}
