package com.vibnai.stage;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service, or something to compare it with, as a Java process of its own. */
public final class ServiceRun implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private static final Duration JCMD_WITHIN = Duration.ofSeconds(20);
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern COMPILATION = Pattern.compile("\\d+ +[%sbn! ]* [1-4] +\\S+::");
    private static final Pattern HEAP = Pattern.compile("used (\\d+)K");

    private final String name;
    private final Path javaHome;
    private final Path log;
    private final int port;
    private final URI ready;
    private final Process process;
    private final Instant started = Instant.now();

    private ServiceRun(String name, Path javaHome, Path log, int port, URI ready, Process process) {
        this.name = name;
        this.javaHome = javaHome;
        this.log = log;
        this.port = port;
        this.ready = ready;
        this.process = process;
    }

    /** Starts {@code <root>/<name>/target/quarkus-app} on free ports. */
    public static ServiceRun packaged(
            Path root, Path logs, String name, Path javaHome, Map<String, String> environment) {
        return packaged(root, logs, name, javaHome, FreePort.find(), environment);
    }

    /** The same on a given port. */
    public static ServiceRun packaged(
            Path root, Path logs, String name, Path javaHome, int port, Map<String, String> environment) {
        Path jar = root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new StageFailure(name + " is not built: " + jar + " is missing; run ./mvnw package -DskipTests.");
        }
        int management = FreePort.find();
        Map<String, String> all = new HashMap<>(environment);
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        all.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        all.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        URI ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
        return start(name, javaHome, logs, port, ready, all, List.of("-Xmx512m", "-jar", jar.toString()));
    }

    /** Starts a class of this program; it is ready when {@code GET /} on {@code port} answers 200. */
    public static ServiceRun own(
            Path logs, String name, Path javaHome, Class<?> main, int port, Map<String, String> environment) {
        URI ready = URI.create("http://127.0.0.1:" + port + "/");
        return start(
                name,
                javaHome,
                logs,
                port,
                ready,
                environment,
                List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), main.getName()));
    }

    /** How long it took from the start of the process to the first 200. */
    public Duration awaitReady() throws InterruptedException {
        Instant giveUp = Instant.now().plus(READY_WITHIN);
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new StageFailure(name + " ended with code " + process.exitValue() + "; its log: " + log);
            }
            if (Instant.now().isAfter(giveUp)) {
                throw new StageFailure(
                        name + " was not ready within " + READY_WITHIN.toSeconds() + " s; its log: " + log);
            }
            Thread.sleep(10);
        }
        return Duration.between(started, Instant.now());
    }

    /** Whether its readiness check answers 200 within two seconds. */
    public boolean isReady() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Its address. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Address of its management port, of a packaged service. */
    public String managementUrl() {
        return "http://127.0.0.1:" + ready.getPort();
    }

    /** Its log. */
    public Path log() {
        return log;
    }

    /** Asks it to end, and returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Whether its process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Memory of the process that is in RAM, in kB. */
    public long rss() {
        try {
            return number(RSS, Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
        } catch (IOException e) {
            return number(
                    RSS,
                    "VmRSS: "
                            + Shell.run(Duration.ofSeconds(5), "ps", "-o", "rss=", "-p", Long.toString(process.pid()))
                                    .strip()
                            + " kB");
        }
    }

    /** What lives on the heap after a collection, in kB. */
    public long liveHeap() {
        jcmd("GC.run");
        return number(HEAP, jcmd("GC.heap_info"));
    }

    /** Returns once its JVM has compiled what waits to be, or after {@code most}. */
    public void awaitCompiled(Duration most) throws InterruptedException {
        Instant giveUp = Instant.now().plus(most);
        while (COMPILATION.matcher(jcmd("Compiler.queue")).find()
                && Instant.now().isBefore(giveUp)) {
            Thread.sleep(500);
        }
    }

    /** Asks its JVM for something; answers what it says. */
    public String jcmd(String... request) {
        List<String> command =
                new ArrayList<>(List.of(javaHome.resolve("bin/jcmd").toString(), Long.toString(process.pid())));
        command.addAll(List.of(request));
        return Shell.run(JCMD_WITHIN, command.toArray(String[]::new));
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(25, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static ServiceRun start(
            String name,
            Path javaHome,
            Path logs,
            int port,
            URI ready,
            Map<String, String> environment,
            List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
        command.addAll(arguments);
        Path log = logs.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(new File("/dev/null"));
        try {
            return new ServiceRun(name, javaHome, log, port, ready, builder.start());
        } catch (IOException e) {
            throw new StageFailure(name + " cannot be started: " + e.getMessage() + ".");
        }
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new StageFailure("No " + pattern + " in: " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
