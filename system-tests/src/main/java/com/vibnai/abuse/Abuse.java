package com.vibnai.abuse;

import com.vibnai.stage.Program;
import com.vibnai.stage.StageFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./abuse}. */
@Command(
        name = "abuse",
        description = "Attacks the packaged services by their HTTP interfaces, and says what held. Starts all that it"
                + " attacks, and leaves nothing running.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        sortOptions = false)
public final class Abuse implements Callable<Integer> {

    private static final long SETTLE_MILLIS = 1500;
    private static final long WARM_MILLIS = 10_000;
    private static final Duration HEAP_IS_BACK_WITHIN = Duration.ofSeconds(15);
    /** What the framework says of a reader that is gone, and of a body in chunks that it has answered with 413 already. */
    private static final List<String> KNOWN_ERRORS =
            List.of("impossible to send it to client", "Request too large", "Response has already been written");

    private static final String BEGIN = "<!-- table: written by ./abuse --docs -->\n";
    private static final String END = "<!-- end of the table of ./abuse -->";

    @Parameters(
            paramLabel = "ATTACK",
            description =
                    "slow-headers, slow-body, slow-readers, flood, oversized, json, gzip, framing, methods, http2,"
                            + " paths, keys, signatures, cookies, tokens, cross-origin, fuzz. Default: all")
    private List<String> names = List.of();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "6",
            description = "How long requests are generated (attack fuzz), fractions too. Default: ${DEFAULT-VALUE}")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Generates the requests of an earlier run again. Default: another one each time, printed")
    private @Nullable Long seed;

    @Option(names = "--docs", description = "The table goes to docs/reliability.md, raw results to docs/reliability.")
    private boolean docs;

    @Option(names = "--root", hidden = true, defaultValue = ".")
    private Path root = Path.of(".");

    private volatile @Nullable Stage started;
    private final Set<String> known = new HashSet<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Ends the JVM with 0 if everything held, 1 if not, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        Program.run(new Abuse(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        long chosenSeed = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000_000) : seed;
        List<Attack> attacks = chosen(Attacks.all(Duration.ofMillis((long) (minutes * 60_000)), chosenSeed));
        Path work = Files.createDirectories(root.resolve(".abuse")).toAbsolutePath();
        Path data = Files.createTempDirectory(work, "data-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(data), "end"));
        say("Starting a PostgreSQL server and three services ...");
        Stage stage = Stage.start(root, work, data);
        started = stage;
        say("Seed: " + chosenSeed);
        List<Outcome> outcomes = new ArrayList<>();
        try (Watch watch = new Watch(stage.targets())) {
            // The services run as they do after a while, not as in their first second.
            Thread.sleep(WARM_MILLIS);
            Map<String, Long> heap = heap(stage);
            for (Attack attack : attacks) {
                say(attack.name() + ": " + attack.what() + " ...");
                long begin = System.nanoTime();
                Findings findings = new Findings();
                watch.take();
                try {
                    attack.step().run(stage, findings);
                } catch (StageFailure e) {
                    findings.found("the attack could not be made: " + e.getMessage());
                }
                Thread.sleep(SETTLE_MILLIS);
                Watch.Seen seen = watch.take();
                checkServices(stage, findings);
                Map<String, Long> after = calmHeap(stage, heap);
                Outcome outcome = new Outcome(
                        attack,
                        findings,
                        seen,
                        growth(heap, after),
                        Duration.ofNanos(System.nanoTime() - begin).toSeconds());
                heap = after;
                outcomes.add(outcome);
                say(
                        outcome.broken().isEmpty()
                                ? "  held (" + findings.answers() + ")"
                                : "  DID NOT HOLD:\n    " + String.join("\n    ", outcome.broken()));
                findings.details().forEach(line -> say("    " + line));
                // What the collections delayed is not the next attack's.
                Thread.sleep(SETTLE_MILLIS);
            }
        }
        write(work, chosenSeed, outcomes);
        return outcomes.stream().allMatch(outcome -> outcome.broken().isEmpty()) ? 0 : 1;
    }

    private List<Attack> chosen(List<Attack> all) {
        List<String> known = all.stream().map(Attack::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new ParameterException(
                    spec.commandLine(), "No attack is called " + name + "; there are " + String.join(", ", known));
        });
        if (minutes < 0) {
            throw new ParameterException(spec.commandLine(), "--minutes has to be 0 or more.");
        }
        return all.stream()
                .filter(attack -> names.isEmpty() || names.contains(attack.name()))
                .toList();
    }

    /** They run and are ready, keep nothing that had to be refused, and have written down no secret and no failure. */
    private void checkServices(Stage stage, Findings findings) throws IOException, SQLException, InterruptedException {
        for (Target target : stage.targets()) {
            findings.check(
                    target.run().isAlive() && target.run().isReady(), target.name() + " does not run, or is not ready");
        }
        Set<String> stored = stage.rowsWith(Secrets.NEVER);
        stored.addAll(stage.rowsWith(Secrets.CANARY));
        // What an earlier attack left is that one's finding.
        stored.removeAll(known);
        known.addAll(stored);
        stored.forEach(row -> findings.found("something is stored that had to be refused, or dropped unread", row));
        stage.newLogs().forEach((service, log) -> {
            findings.check(!Secrets.areIn(log), "a secret is in the log of " + service);
            log.lines()
                    .filter(line -> line.contains("\"level\":\"ERROR\"")
                            && KNOWN_ERRORS.stream().noneMatch(line::contains))
                    .findFirst()
                    .ifPresent(line -> findings.found("an error in the log of " + service + ": "
                            + line.substring(0, Math.min(400, line.length()))));
        });
    }

    private static Map<String, Long> heap(Stage stage) {
        Map<String, Long> heap = new HashMap<>();
        for (Target target : stage.targets()) {
            heap.put(target.name(), target.run().liveHeap());
        }
        return heap;
    }

    /** Back where it was, if it comes there within a while. */
    private static Map<String, Long> calmHeap(Stage stage, Map<String, Long> before) throws InterruptedException {
        long giveUp = System.nanoTime() + HEAP_IS_BACK_WITHIN.toNanos();
        Map<String, Long> heap = heap(stage);
        while (!Outcome.isBack(growth(before, heap)) && System.nanoTime() < giveUp) {
            Thread.sleep(SETTLE_MILLIS);
            heap = heap(stage);
        }
        return heap;
    }

    private static Map<String, Long> growth(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> growth = new TreeMap<>();
        after.forEach((service, heap) -> growth.put(service, heap - before.getOrDefault(service, 0L)));
        return growth;
    }

    private void write(Path work, long chosenSeed, List<Outcome> outcomes) throws IOException {
        StringBuilder table = new StringBuilder("| Attack | Sent | Answers | Longest wait of a client that behaves |"
                + " Live heap | Held |\n|---|---:|---|---:|---:|---|\n");
        JsonArray raw = new JsonArray();
        for (Outcome outcome : outcomes) {
            table.append(outcome.row());
            raw.add(outcome.json());
        }
        spec.commandLine().getOut().println(table);
        Path folder = docs ? Files.createDirectories(root.resolve("docs/reliability")) : work;
        JsonObject results = new JsonObject()
                .put("seed", chosenSeed)
                .put("fuzz_minutes", minutes)
                .put("attacks", raw);
        Files.writeString(folder.resolve("abuse.json"), results.encodePrettily() + "\n");
        if (docs) {
            Program.replaceTable(root.resolve("docs/reliability.md"), BEGIN, END, table.toString());
        }
    }

    private void say(String line) {
        Program.say(spec, line);
    }

    /** Also after an interrupt, and after a start that failed half-way. */
    private void end(Path data) {
        try {
            Stage stage = started;
            if (stage != null) {
                stage.close();
            }
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            Program.remove(data);
        } catch (IOException | StageFailure e) {
            System.err.println("Could not end everything: " + e.getMessage());
        }
    }
}
