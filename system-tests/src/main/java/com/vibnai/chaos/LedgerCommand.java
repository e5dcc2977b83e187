package com.vibnai.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs users up at an attribution-service that runs already while a command of the caller's breaks something. */
@Command(
        name = "ledger",
        description = "Signs users up while COMMAND runs, waits until signups are answered again, and compares what was"
                + " acknowledged with what is stored. Ends with 0 if nothing is missing, changed, doubled or invented.",
        mixinStandardHelpOptions = true)
public final class LedgerCommand implements Callable<Integer> {

    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration GIVE_UP = Duration.ofMinutes(2);
    private static final int ANSWERS_AFTER = 200;

    @Option(names = "--url", required = true, description = "Address of attribution-service, which has the bench key.")
    private String url = "";

    @Option(names = "--jdbc", required = true, description = "Its database.")
    private String jdbc = "";

    @Option(names = "--no-failures", description = "Also fail if a single request was refused or cut.")
    private boolean noFailures;

    @Parameters(paramLabel = "COMMAND", arity = "1..*")
    private List<String> command = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Ends the JVM with 0 if everything held, 1 if not. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new LedgerCommand());
        // Options of COMMAND are its own.
        line.setStopAtPositional(true);
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException, IOException, SQLException {
        Ledger ledger = new Ledger();
        Tally tally;
        try (SigningUp client = new SigningUp(ledger, url)) {
            tally = client.newTally();
            client.start();
            Thread.sleep(BEFORE.toMillis());
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0 || tally.answered.get() == 0 || !answersAgain(tally)) {
                say(
                        "The command ended with %d after %d answers; signups are not answered again.",
                        code, tally.answered.get());
                return 1;
            }
        }
        Ledger.Difference difference;
        try (Connection connection = DriverManager.getConnection(jdbc)) {
            difference = ledger.compare(connection);
        }
        int failures = tally.unreachable.get() + tally.problems.get() + tally.wrongErrors.get() + tally.hung.get();
        say(
                "acknowledged %d users (%d answers): missing %d, changed %d, doubled %d, invented %d; refused or cut %d,"
                        + " 503 %d, other errors %d %s, hung %d, contradictions %d",
                difference.acknowledged(),
                tally.answered.get(),
                difference.missing(),
                difference.changed(),
                difference.doubled(),
                difference.invented(),
                tally.unreachable.get(),
                tally.problems.get(),
                tally.wrongErrors.get(),
                tally.example(),
                tally.hung.get(),
                tally.contradictions.get());
        boolean held = difference.none() && tally.contradictions.get() == 0 && (failures == 0 || !noFailures);
        return held ? 0 : 1;
    }

    private static boolean answersAgain(Tally tally) throws InterruptedException {
        long giveUp = System.nanoTime() + GIVE_UP.toNanos();
        int enough = tally.answered.get() + ANSWERS_AFTER;
        while (tally.answered.get() < enough) {
            if (System.nanoTime() > giveUp) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
