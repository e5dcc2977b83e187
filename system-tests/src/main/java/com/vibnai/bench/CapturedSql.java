package com.vibnai.bench;

import com.vibnai.stage.PostgresServer;
import com.vibnai.stage.StageFailure;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The statements a service runs, read from PostgreSQL's own log with their parameters, so that the reference runs the very
 * same SQL.
 */
final class CapturedSql {

    private static final Pattern STATEMENT =
            Pattern.compile("duration: [0-9.]+ ms +execute [^:]+: (SELECT.*|WITH.*)", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+) = (NULL|'(?:[^']|'')*')", Pattern.DOTALL);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\d+)");

    private CapturedSql() {}

    /** What a server needs to be started with. */
    static Map<String, String> settings() {
        return Map.of(
                "logging_collector", "on",
                "log_destination", "jsonlog",
                "log_rotation_size", "0");
    }

    static void logEverything(PostgresServer server, String database, boolean on) {
        server.execute(
                "postgres",
                "ALTER DATABASE " + database
                        + (on ? " SET log_min_duration_statement = 0" : " RESET log_min_duration_statement"));
    }

    /** Statements with {@code part} in them that were run in {@code database}, oldest first, as pgbench takes them. */
    static List<String> statements(PostgresServer server, String database, String part) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(server.data().resolve("log"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonObject entry = new JsonObject(line);
                    Matcher statement = STATEMENT.matcher(entry.getString("message", ""));
                    if (database.equals(entry.getString("dbname"))
                            && statement.matches()
                            && statement.group(1).contains(part)) {
                        found.add(bind(statement.group(1), entry.getString("detail", "")) + ";");
                    }
                }
            }
        }
        return found;
    }

    static String bind(String sql, String detail) {
        Map<Integer, String> values = new TreeMap<>();
        Matcher parameter = PARAMETER.matcher(detail);
        while (parameter.find()) {
            String value = parameter.group(2);
            values.put(
                    Integer.parseInt(parameter.group(1)),
                    value.equals("NULL")
                            ? value
                            : Pgbench.literal(
                                    value.substring(1, value.length() - 1).replace("''", "'")));
        }
        return PLACEHOLDER.matcher(sql).replaceAll(placeholder -> {
            String value = values.get(Integer.parseInt(placeholder.group(1)));
            if (value == null) {
                throw new StageFailure("The log gives no value for $" + placeholder.group(1) + ".");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
