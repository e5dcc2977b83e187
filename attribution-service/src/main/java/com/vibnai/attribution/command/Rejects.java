package com.vibnai.attribution.command;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The report of rejected rows: number, status, reason, and what was sent. */
final class Rejects {

    private static final CsvSchema SCHEMA = CsvSchema.builder()
            .addColumn("row")
            .addColumn("status")
            .addColumn("reason")
            .addColumn("sent")
            .build();

    private final ObjectWriter csv = new CsvMapper().writer(SCHEMA);
    private final Path file;

    /** Goes on after {@code bytes}; what a cut-off run wrote behind them is written anew. */
    Rejects(Path file, long bytes) throws IOException {
        this.file = file;
        if (bytes == 0) {
            Files.writeString(file, "row,status,reason,sent\n");
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    void add(long row, String status, String reason, String sent) throws IOException {
        String line = csv.writeValueAsString(new String[] {Long.toString(row), status, reason, sent});
        Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    long bytes() throws IOException {
        return Files.size(file);
    }
}
