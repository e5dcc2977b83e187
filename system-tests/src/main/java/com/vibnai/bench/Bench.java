package com.vibnai.bench;

import com.vibnai.stage.PostgresServer;
import com.vibnai.stage.Program;
import com.vibnai.stage.Shell;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./bench}. */
@Command(
        name = "bench",
        description = "Measures the packaged services beside references in the same run. Leaves nothing running.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        sortOptions = false)
public final class Bench implements Callable<Integer> {

    private static final Map<String, Part> PARTS = parts();
    private static final Set<String> QUICK = Set.of("ingest", "query");
    private static final String BEGIN = "<!-- table: written by ./bench --docs -->\n";
    private static final String END = "<!-- end of the table -->";

    @Parameters(
            paramLabel = "PART",
            description =
                    "ingest, query, ladder, growth, reports, streams, start. Default: all; with --quick ingest and query")
    private List<String> names = List.of();

    @Option(names = "--quick", description = "Under four minutes: short rounds, less data, JVMs that are hardly warm.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each pair is measured. Default: 5; quick 3")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", paramLabel = "N", description = "Length of a measurement. Default: 6; quick 1")
    private @Nullable Integer seconds;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Size of the Umami data. Default: 10000000; quick 300000")
    private @Nullable Long events;

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "Signups that reports are made of. Default: 5000000; quick 150000")
    private @Nullable Long records;

    @Option(
            names = "--growth",
            paramLabel = "N",
            split = ",",
            description =
                    "Sizes of the Umami data for growth, ascending. Default: a tenth of --events, all of it, three"
                            + " times as much")
    private List<Long> growth = List.of();

    @Option(
            names = "--jdk",
            paramLabel = "HOME",
            description = "A JDK to measure the start with; may be repeated. The first runs everything else too."
                    + " Default: the one that runs this")
    private List<Path> jdks = new ArrayList<>();

    @Option(names = "--profile", description = "Flame graphs of ingest and query beside the results.")
    private boolean profile;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the results go. Default: .bench/results")
    private @Nullable Path out;

    @Option(
            names = "--docs",
            description =
                    "Results go to docs/performance, the tables to docs/performance.md; parts that are not measured keep"
                            + " theirs.")
    private boolean docs;

    @Option(names = "--root", hidden = true, defaultValue = ".")
    private Path root = Path.of(".");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Ends the JVM with 0, 1 if something could not be measured, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        Program.run(new Bench(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        Instant begun = Instant.now();
        List<String> chosen = chosen();
        Wrk.require();
        Pgbench.require();
        Path work = Files.createDirectories(root.resolve(".bench")).toAbsolutePath();
        Path results = Files.createDirectories(results(work));
        Path scratch = Files.createDirectories(work.resolve("logs"));
        Path data = Files.createTempDirectory(work, "data-");
        PostgresServer postgres = PostgresServer.create(work, data.resolve("pg"), "127.0.0.1", List.of(), settings());
        Thread hook = new Thread(() -> end(postgres, data), "end");
        Runtime.getRuntime().addShutdownHook(hook);
        postgres.start();
        Path file = results.resolve("results.json");
        Results all = new Results(file, PARTS.keySet(), Environment.describe(root, given()));
        Run run = new Run(
                root,
                scratch,
                postgres,
                positive("--seconds", seconds, quick ? 1 : 6),
                quick ? 10 : 120,
                positive("--rounds", rounds, quick ? 3 : 5),
                size(),
                growth(),
                records == null ? (quick ? 150_000 : 5_000_000) : records,
                profile ? results : null,
                jdks.isEmpty() ? List.of(Path.of(System.getProperty("java.home"))) : jdks,
                all,
                line -> say(begun, line));
        for (String name : chosen) {
            Optional.ofNullable(PARTS.get(name)).orElseThrow().run(run);
            all.write(name);
            publish(file, results);
        }
        spec.commandLine().getOut().println(Report.markdown(new JsonObject(Files.readString(file)), ""));
        spec.commandLine().getOut().println("Raw results, tables and plots: " + results);
        return 0;
    }

    private void say(Instant begun, String line) {
        Duration passed = Duration.between(begun, Instant.now());
        Program.say(spec, "%2d:%02d  %s".formatted(passed.toMinutes(), passed.toSecondsPart(), line));
    }

    /** What is measured so far, so that a part that fails takes nothing with it. */
    private void publish(Path file, Path results) throws IOException {
        JsonObject measured = new JsonObject(Files.readString(file));
        plot(file, results);
        if (docs) {
            Program.replaceTable(
                    root.resolve("docs/performance.md"), BEGIN, END, Report.markdown(measured, "performance/"));
        } else {
            Files.writeString(results.resolve("table.md"), Report.markdown(measured, ""));
        }
    }

    /** What the caller wrote: without the folder, which the script adds. */
    private List<String> given() {
        List<String> given = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        int added = given.indexOf("--root");
        if (added >= 0) {
            given.subList(added, added + 2).clear();
        }
        return given;
    }

    private long size() {
        return events == null ? (quick ? 300_000 : 10_000_000) : events;
    }

    private List<Long> growth() {
        if (growth.isEmpty()) {
            return List.of(size() / 10, size(), 3 * size());
        }
        for (int i = 0; i < growth.size(); i++) {
            if (growth.size() < 2 || growth.get(i) < 1 || (i > 0 && growth.get(i) <= growth.get(i - 1))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--growth takes two or more sizes from 1 on, each larger than the one before.");
            }
        }
        return growth;
    }

    private List<String> chosen() {
        for (String name : names) {
            if (!PARTS.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(), "There is no part '" + name + "': " + String.join(", ", PARTS.keySet()));
            }
        }
        if (!names.isEmpty()) {
            return names;
        }
        return PARTS.keySet().stream()
                .filter(name -> !quick || QUICK.contains(name))
                .toList();
    }

    private Path results(Path work) {
        if (docs) {
            return root.resolve("docs/performance");
        }
        return out == null ? work.resolve("results") : out;
    }

    private int positive(String name, @Nullable Integer given, int usual) {
        int value = given == null ? usual : given;
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), name + " has to be 1 or more.");
        }
        return value;
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(CapturedSql.settings());
        settings.put("max_wal_size", "4GB");
        settings.put("checkpoint_timeout", "30min");
        return settings;
    }

    private void plot(Path results, Path folder) {
        Shell.run(
                Duration.ofSeconds(60),
                "node",
                root.resolve("system-tests/src/bench/plot.mjs").toString(),
                results.toString(),
                folder.toString());
    }

    private static void end(PostgresServer postgres, Path data) {
        ProcessHandle.current().children().forEach(child -> {
            if (child.info().command().orElse("").endsWith("java")) {
                child.destroy();
            }
        });
        postgres.close();
        try {
            Program.remove(data);
        } catch (IOException e) {
            System.err.println("Could not remove " + data + ": " + e.getMessage());
        }
    }

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("ingest", new IngestPart());
        parts.put("query", new QueryPart());
        parts.put("ladder", new LadderPart());
        parts.put("growth", new GrowthPart());
        parts.put("reports", new ReportsPart());
        parts.put("streams", new StreamsPart());
        parts.put("start", new StartPart());
        return parts;
    }
}
