package com.vibnai.attribution.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * How far an import has come. Saved after each batch, so that an import that is cut off goes on there; rows are never counted
 * before they are stored.
 *
 * @param source what is imported, and how; another one is another import
 * @param rows rows that are done
 * @param created of these, records that were made
 * @param kept of these, records that were there
 * @param rejected of these, rows that were refused
 * @param rejectBytes length of the report of rejected rows
 */
record ImportState(String source, long rows, long created, long kept, long rejected, long rejectBytes) {

    static ImportState start(String source) {
        return new ImportState(source, 0, 0, 0, 0, 0);
    }

    static ImportState load(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return new ImportState(
                properties.getProperty("source", ""),
                number(properties, "rows"),
                number(properties, "created"),
                number(properties, "kept"),
                number(properties, "rejected"),
                number(properties, "reject_bytes"));
    }

    void save(Path file) {
        Properties properties = new Properties();
        properties.setProperty("source", source);
        properties.setProperty("rows", Long.toString(rows));
        properties.setProperty("created", Long.toString(created));
        properties.setProperty("kept", Long.toString(kept));
        properties.setProperty("rejected", Long.toString(rejected));
        properties.setProperty("reject_bytes", Long.toString(rejectBytes));
        Path next = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (Writer writer = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
                properties.store(writer, null);
            }
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Properties properties, String name) {
        return Long.parseLong(properties.getProperty(name, "0"));
    }

    @Override
    public String toString() {
        return "%,d rows: %,d created, %,d there already, %,d rejected".formatted(rows, created, kept, rejected);
    }
}
