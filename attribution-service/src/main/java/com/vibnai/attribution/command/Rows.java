package com.vibnai.attribution.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other. */
interface Rows extends Closeable {

    /** The next row; null after the last. */
    @Nullable
    Row next() throws IOException;

    /** Forms of files. */
    enum Format {
        /** Comma-separated with a header, RFC 4180. */
        CSV,
        /** One JSON object a line. */
        NDJSON
    }

    static Rows open(Path file, Format format) throws IOException {
        BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        return format == Format.CSV ? new Csv(reader) : new Ndjson(reader);
    }

    /** Rows with as many values as the header has names; others are at fault. */
    final class Csv implements Rows {

        private final MappingIterator<String[]> rows;
        private final String[] header;
        private long number;

        private Csv(BufferedReader reader) throws IOException {
            this.rows = new CsvMapper()
                    .readerForArrayOf(String.class)
                    .withFeatures(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES)
                    .readValues(reader);
            this.header = rows.hasNext() ? rows.next() : new String[0];
            if (header.length > 0 && header[0].startsWith("\uFEFF")) {
                header[0] = header[0].substring(1);
            }
        }

        @Override
        public @Nullable Row next() {
            if (!rows.hasNext()) {
                return null;
            }
            String[] values = rows.next();
            number++;
            return values.length == header.length
                    ? new Row(number, named(values), null)
                    : new Row(number, Map.of(), "has " + values.length + " values, the header " + header.length);
        }

        private Map<String, String> named(String[] values) {
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                if (!values[i].isEmpty()) {
                    named.put(header[i].strip(), values[i]);
                }
            }
            return named;
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }

    /** Lines with an object of plain values; others are at fault. */
    final class Ndjson implements Rows {

        private final ObjectMapper json = new ObjectMapper();
        private final BufferedReader lines;
        private long number;

        private Ndjson(BufferedReader lines) {
            this.lines = lines;
        }

        @Override
        public @Nullable Row next() throws IOException {
            @Nullable String line = lines.readLine();
            while (line != null && line.isBlank()) {
                line = lines.readLine();
            }
            if (line == null) {
                return null;
            }
            number++;
            return row(line);
        }

        private Row row(String line) {
            try {
                JsonNode node = json.readTree(line);
                return node.isObject()
                        ? new Row(number, values(node), null)
                        : new Row(number, Map.of(), "is no JSON object");
            } catch (JsonProcessingException e) {
                return new Row(number, Map.of(), "is not JSON");
            }
        }

        private static Map<String, String> values(JsonNode node) {
            Map<String, String> values = new LinkedHashMap<>();
            node.properties().forEach(entry -> {
                if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                    values.put(entry.getKey(), entry.getValue().asText());
                }
            });
            return values;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
