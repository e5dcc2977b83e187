package com.vibnai.bench;

import com.vibnai.stage.Shell;
import com.vibnai.stage.StageFailure;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Where and on what was measured. */
final class Environment {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Environment() {}

    static JsonObject describe(Path root, List<String> arguments) {
        return new JsonObject()
                .put(
                        "measured_at",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("command", ("./bench " + String.join(" ", arguments)).strip())
                .put("commit", ask("git", "-C", root.toString(), "describe", "--always", "--dirty", "--exclude=*"))
                .put("cpu", cpu())
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("load_before", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"))
                .put("pgbench", ask("pgbench", "--version"));
    }

    /** The feature version of a JDK. */
    static String javaVersion(Path home) {
        String release = ask("cat", home.resolve("release").toString());
        return release.lines()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("[^0-9.]", "").replaceAll("\\..*", ""))
                .findFirst()
                .orElse("?");
    }

    private static String cpu() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String ask(String... command) {
        try {
            return Shell.run(LIMIT, command).strip();
        } catch (StageFailure e) {
            return "";
        }
    }
}
