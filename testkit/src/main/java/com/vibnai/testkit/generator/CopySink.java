package com.vibnai.testkit.generator;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Streams rows into PostgreSQL by COPY, one stream a table; all of them end, or none does, with {@link #finish()}. */
final class CopySink implements Sink, AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private final List<Connection> connections = new ArrayList<>();

    /** Opens a stream for each table, over a connection of its own. */
    CopySink(Connections database, Map<String, List<String>> columns) throws SQLException {
        for (Map.Entry<String, List<String>> table : columns.entrySet()) {
            Connection connection = database.open();
            connections.add(connection);
            String sql = "COPY " + table.getKey() + " (" + String.join(", ", table.getValue()) + ") FROM STDIN";
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            streams.put(table.getKey(), new Stream(copy, table.getValue()));
        }
    }

    @Override
    public void row(String table, Map<String, @Nullable Object> values) {
        Stream stream = streams.get(table);
        if (stream != null) {
            stream.write(values);
        }
    }

    /** Ends every stream: the rows are there when this returns. */
    void finish() throws SQLException {
        for (Stream stream : streams.values()) {
            stream.flush();
            stream.copy.endCopy();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private static final class Stream {
        private final CopyIn copy;
        private final List<String> columns;
        private final StringBuilder buffer = new StringBuilder(BUFFER + 1024);

        Stream(CopyIn copy, List<String> columns) {
            this.copy = copy;
            this.columns = columns;
        }

        void write(Map<String, @Nullable Object> values) {
            for (int i = 0; i < columns.size(); i++) {
                if (i > 0) {
                    buffer.append('\t');
                }
                append(values.get(columns.get(i)));
            }
            buffer.append('\n');
            if (buffer.length() >= BUFFER) {
                try {
                    flush();
                } catch (SQLException e) {
                    throw new IllegalStateException("PostgreSQL took no more rows: " + e.getMessage(), e);
                }
            }
        }

        private void append(@Nullable Object value) {
            if (value == null) {
                buffer.append("\\N");
                return;
            }
            String text = value.toString();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '\\' -> buffer.append("\\\\");
                    case '\t' -> buffer.append("\\t");
                    case '\n' -> buffer.append("\\n");
                    case '\r' -> buffer.append("\\r");
                    default -> buffer.append(c);
                }
            }
        }

        void flush() throws SQLException {
            byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
            buffer.setLength(0);
            copy.writeToCopy(bytes, 0, bytes.length);
        }
    }
}
