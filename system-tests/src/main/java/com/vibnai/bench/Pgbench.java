package com.vibnai.bench;

import com.vibnai.stage.PostgresServer;
import com.vibnai.stage.Shell;
import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own load generator: prepared statements, no HTTP, nothing in between. */
final class Pgbench {

    private static final String MISSING = "pgbench is needed and not on the PATH: apt-get install postgresql"
            + " (Debian, Ubuntu; no server has to run) or brew install postgresql (macOS).";
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
    private static final int[] CLIENTS = {4, 8, 16, 32, 64};

    private Pgbench() {}

    static void require() {
        Shell.require("pgbench", MISSING);
    }

    /** The client count that is fastest in a short try. */
    static int bestClients(Run run, String database, List<String> scripts) {
        int best = CLIENTS[0];
        double most = 0;
        for (int clients : CLIENTS) {
            double rate = run(run, database, scripts, clients, run.trySeconds());
            if (rate > most) {
                most = rate;
                best = clients;
            }
        }
        return best;
    }

    /** Transactions a second; each transaction is one of the scripts. */
    static double run(Run run, String database, List<String> scripts, int clients, int seconds) {
        PostgresServer server = run.postgres();
        List<String> command = new ArrayList<>(List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--jobs=2",
                "--client=" + clients,
                "--time=" + seconds,
                "--host=" + server.host(),
                "--port=" + server.port(),
                "--username=postgres"));
        try {
            for (int i = 0; i < scripts.size(); i++) {
                Path file = run.work().resolve("pgbench-" + i + ".sql");
                Files.writeString(file, scripts.get(i));
                command.add("--file=" + file);
            }
        } catch (IOException e) {
            throw new StageFailure("pgbench's script cannot be written: " + e.getMessage() + ".");
        }
        command.add(database);
        return parse(Shell.run(Duration.ofSeconds(seconds + 60L), Map.of("PGPASSWORD", "postgres"), command));
    }

    static double parse(String output) {
        Matcher failed = FAILED.matcher(output);
        Matcher rate = RATE.matcher(output);
        if (!rate.find() || (failed.find() && !failed.group(1).equals("0"))) {
            throw new StageFailure("pgbench did not measure: " + output);
        }
        return Double.parseDouble(rate.group(1));
    }

    /**
     * A literal that pgbench leaves alone: it takes {@code :name} for a variable, in quotes too.
     */
    static String literal(String value) {
        return "E'" + value.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a") + "'";
    }
}
