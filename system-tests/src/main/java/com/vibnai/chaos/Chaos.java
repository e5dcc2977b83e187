package com.vibnai.chaos;

import com.vibnai.stage.Program;
import com.vibnai.stage.ServiceRun;
import com.vibnai.stage.StageFailure;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./chaos}. */
@Command(
        name = "chaos",
        description = "Breaks what the services stand on, under load from clients that keep a ledger of every"
                + " acknowledgement, and says what held. Touches only processes and namespaces of its own.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        sortOptions = false)
public final class Chaos implements Callable<Integer> {

    private static final Duration BEFORE = Duration.ofSeconds(4);
    private static final Duration GIVE_UP = Duration.ofMinutes(1);
    private static final Duration CALM = Duration.ofSeconds(2);
    private static final String BEGIN = "<!-- table: written by ./chaos --docs -->\n";
    private static final String END = "<!-- end of the table -->";

    @Parameters(
            paramLabel = "FAULT",
            description = "kill-service, kill-postgres, freeze-postgres, connections, disk, cut, loss, clock-ahead,"
                    + " clock-back, kill-umami, freeze-umami, attribution-gone. Default: all")
    private List<String> names = List.of();

    @Option(names = "--docs", description = "The table goes to docs/reliability.md, raw results to docs/reliability.")
    private boolean docs;

    @Option(names = "--root", hidden = true, defaultValue = ".")
    private Path root = Path.of(".");

    private volatile @Nullable Stage started;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Ends the JVM with 0 if everything held, 1 if not, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        Program.run(new Chaos(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createDirectories(root.resolve(".chaos")).toAbsolutePath();
        Path data = Files.createTempDirectory(work, "data-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(data), "end"));
        say("Starting two PostgreSQL servers and two services ...");
        Stage stage = Stage.start(root, work, data);
        started = stage;
        if (stage.namespaces() == null) {
            say(
                    "Without namespaces (root, or user namespaces; ip, iptables, nsenter): disk, cut and loss are left out.");
        }
        if (stage.clock() == null) {
            say("Without libfaketime: clock-ahead and clock-back are left out.");
        }
        List<Outcome> outcomes = new ArrayList<>();
        Ledger ledger = new Ledger();
        try (SigningUp client = new SigningUp(ledger, stage.attribution().url())) {
            client.start();
            for (Fault fault : chosen(Faults.ofAttribution(stage))) {
                outcomes.add(suffer(fault, client, stage::attribution, stage, ledger));
            }
            List<Fault> ofClock = chosen(Faults.ofClock(stage));
            if (!ofClock.isEmpty()) {
                stage.restartOnClock();
            }
            for (Fault fault : ofClock) {
                outcomes.add(suffer(fault, client, stage::attribution, stage, ledger));
            }
        }
        try (Reading client = new Reading(stage.query().url(), stage.users())) {
            client.start();
            for (Fault fault : chosen(Faults.ofQuery(stage))) {
                outcomes.add(suffer(fault, client, stage::query, stage, null));
            }
        }
        if (outcomes.isEmpty()) {
            throw new StageFailure("None of these faults is known, or possible here: " + String.join(", ", names));
        }
        write(work, outcomes);
        return outcomes.stream().allMatch(outcome -> outcome.broken().isEmpty()) ? 0 : 1;
    }

    private Outcome suffer(
            Fault fault, Client client, Supplier<ServiceRun> service, Stage stage, @Nullable Ledger ledger)
            throws Exception {
        awaitCalm(client.newTally());
        Thread.sleep(BEFORE.toMillis());
        long heapBefore = service.get().liveHeap();
        Tally tally = client.newTally();
        say(fault.name() + " ...");
        fault.begin().run();
        Thread.sleep(fault.lasts().toMillis());
        fault.end().run();
        long mended = System.nanoTime();
        boolean calm = awaitCalm(tally);
        // What comes now, a start of the service for the next fault, is not this one's.
        client.newTally();
        Duration recovered = calm ? Duration.ofNanos(Math.max(0, tally.lastFailure() - mended)) : null;
        Ledger.Difference difference = ledger == null ? null : compare(ledger, stage);
        Outcome outcome = new Outcome(
                fault, tally, difference, recovered, heapBefore, service.get().liveHeap());
        say("  " + (outcome.broken().isEmpty() ? "held" : "DID NOT HOLD: " + String.join("; ", outcome.broken())));
        return outcome;
    }

    private static Ledger.Difference compare(Ledger ledger, Stage stage) throws SQLException {
        try (Connection connection = stage.postgres().connect(stage.database())) {
            return ledger.compare(connection);
        }
    }

    /** Answers again, and no failure for a while. */
    private static boolean awaitCalm(Tally tally) throws InterruptedException {
        long giveUp = System.nanoTime() + GIVE_UP.toNanos();
        int answered = tally.answered.get();
        while (System.nanoTime() < giveUp) {
            Thread.sleep(100);
            boolean failing = tally.lastFailure() != 0 && System.nanoTime() - tally.lastFailure() < CALM.toNanos();
            if (failing) {
                answered = tally.answered.get();
            } else if (tally.answered.get() - answered > 100) {
                return true;
            }
        }
        return false;
    }

    private List<Fault> chosen(Map<String, Fault> faults) {
        return faults.entrySet().stream()
                .filter(entry -> names.isEmpty() || names.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private void write(Path work, List<Outcome> outcomes) throws IOException {
        StringBuilder table = new StringBuilder("| Fault (for) | Acknowledged signups that are there unchanged |"
                + " Connections refused or cut | 503 problems | Other errors | Last failure after the end |"
                + " Live heap | Held |\n|---|---|---:|---|---:|---:|---|---|\n");
        JsonArray raw = new JsonArray();
        for (Outcome outcome : outcomes) {
            table.append(outcome.row());
            raw.add(outcome.json());
        }
        spec.commandLine().getOut().println(table);
        Path folder = docs ? Files.createDirectories(root.resolve("docs/reliability")) : work;
        Files.writeString(folder.resolve("results.json"), raw.encodePrettily() + "\n");
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
