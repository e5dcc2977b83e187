package com.vibnai.attribution.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends an existing table of users to the service: first touches that are there already stay as they are. */
@Command(
        name = "import",
        description = "Import signups from a CSV or NDJSON file. Sending a row twice changes nothing.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    private static final long REPORT_EVERY_NANOS = 1_000_000_000L;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--file", required = true, description = "CSV with a header, or one JSON object a line")
    @Nullable
    Path file;

    @Option(
            names = "--map",
            required = true,
            split = ",",
            description = "field=column pairs, for example user_id=id,utm_source=first_source,signed_up_at=created."
                    + " Only these are sent")
    List<String> map = List.of();

    @Option(names = "--format", description = "csv or ndjson; by default what the file's name ends in")
    Rows.@Nullable Format format;

    @Option(
            names = "--url",
            defaultValue = "${env:ATTRIBUTION_URL:-http://localhost:8081}",
            description = "attribution-service (ATTRIBUTION_URL; default http://localhost:8081)")
    String url = "";

    @Option(
            names = "--key",
            defaultValue = "${env:ATTRIBUTION_KEY}",
            description = "A key with the scope ingest. Better in ATTRIBUTION_KEY, where other users cannot see it")
    @Nullable
    String key;

    @Option(names = "--rejects", description = "Where rejected rows go; default <file>.rejects.csv")
    @Nullable
    Path rejectsFile;

    @Option(names = "--state", description = "Where progress is kept; default <file>.import")
    @Nullable
    Path stateFile;

    @Option(names = "--resume", description = "Go on where an import of the same file and mapping was cut off")
    boolean resume;

    @Option(names = "--batch", defaultValue = "1000", description = "Rows of one call, 1 to 5,000; default 1000")
    int batch = 1000;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path source = Objects.requireNonNull(file);
        check(Files.isReadable(source), "--file: " + source + " cannot be read.");
        check(key != null && !key.isBlank(), "--key or ATTRIBUTION_KEY is needed.");
        check(batch >= 1 && batch <= 5000, "--batch has to be from 1 to 5,000.");
        ColumnMapping mapping = mapping();
        ImportState state = state(source, mapping);
        try (Rows rows = Rows.open(source, format(source))) {
            ImportState end = new Run(mapping, state).over(rows);
            err().println(end);
            err().println(end.rejected() == 0 ? "Done." : "Done; the rejected rows are in " + rejects() + ".");
            return 0;
        } catch (ImportFailed e) {
            err().println(e.getMessage());
            err().println("Nothing is lost; the same command with --resume goes on.");
            return 1;
        }
    }

    /** One import from where it starts to where it ends. */
    private final class Run {

        private final ColumnMapping mapping;
        private final ImportClient client = new ImportClient(url, Objects.requireNonNull(key));
        private final Rejects rejects;
        private ImportState state;
        private long reported = System.nanoTime();

        private Run(ColumnMapping mapping, ImportState state) throws IOException {
            this.mapping = mapping;
            this.state = state;
            this.rejects = new Rejects(rejects(), state.rejectBytes());
        }

        private ImportState over(Rows rows) throws IOException, InterruptedException {
            List<Row> waiting = new ArrayList<>();
            for (Row row = rows.next(); row != null; row = rows.next()) {
                if (row.number() > state.rows()) {
                    waiting.add(row);
                }
                if (waiting.size() == batch) {
                    send(waiting);
                    waiting.clear();
                }
            }
            send(waiting);
            return state;
        }

        private void send(List<Row> rows) throws IOException, InterruptedException {
            List<Row> sound = rows.stream().filter(row -> row.fault() == null).toList();
            List<ObjectNode> bodies = sound.stream().map(mapping::apply).toList();
            List<ImportClient.Result> results = bodies.isEmpty() ? List.of() : client.send(bodies);
            long created =
                    results.stream().filter(result -> result.status() == 201).count();
            long kept =
                    results.stream().filter(result -> result.status() == 200).count();
            reject(rows, bodies, results);
            state = new ImportState(
                    state.source(),
                    state.rows() + rows.size(),
                    state.created() + created,
                    state.kept() + kept,
                    state.rejected() + rows.size() - created - kept,
                    rejects.bytes());
            state.save(stateFile());
            report();
        }

        private void reject(List<Row> rows, List<ObjectNode> bodies, List<ImportClient.Result> results)
                throws IOException {
            int place = 0;
            for (Row row : rows) {
                if (row.fault() != null) {
                    rejects.add(row.number(), "", row.fault(), "");
                    continue;
                }
                ImportClient.Result result = results.get(place);
                if (result.status() >= 300) {
                    rejects.add(
                            row.number(),
                            Integer.toString(result.status()),
                            result.reason(),
                            bodies.get(place).toString());
                }
                place++;
            }
        }

        private void report() {
            if (System.nanoTime() - reported > REPORT_EVERY_NANOS) {
                reported = System.nanoTime();
                err().println(state);
            }
        }
    }

    private ColumnMapping mapping() {
        try {
            return ColumnMapping.parse(map);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private ImportState state(Path source, ColumnMapping mapping) throws IOException {
        String name = source.toAbsolutePath() + " " + Files.size(source) + " " + mapping.columns();
        if (!resume) {
            return ImportState.start(name);
        }
        check(Files.exists(stateFile()), "--resume: there is no " + stateFile() + " of an earlier run.");
        ImportState state = ImportState.load(stateFile());
        check(state.source().equals(name), "--resume: the earlier run had another file or another mapping.");
        return state;
    }

    private Rows.Format format(Path source) {
        if (format != null) {
            return format;
        }
        String name = source.toString().toLowerCase(Locale.ROOT);
        check(
                name.endsWith(".csv") || name.endsWith(".ndjson") || name.endsWith(".jsonl"),
                "--format is needed: the file's name ends in none of .csv, .ndjson, .jsonl.");
        return name.endsWith(".csv") ? Rows.Format.CSV : Rows.Format.NDJSON;
    }

    private Path rejects() {
        return rejectsFile == null ? Path.of(file + ".rejects.csv") : rejectsFile;
    }

    private Path stateFile() {
        return stateFile == null ? Path.of(file + ".import") : stateFile;
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    private void check(boolean right, String message) {
        if (!right) {
            throw wrong(message);
        }
    }

    private ParameterException wrong(@Nullable String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
