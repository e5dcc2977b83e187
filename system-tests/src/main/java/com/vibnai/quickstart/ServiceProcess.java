package com.vibnai.quickstart;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One packaged service as a process of its own, as in production, with its log in a file. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final String name;
    private final Path log;
    private final URI ready;
    private final Process process;
    private final Packaging packaging;

    private ServiceProcess(String name, Path log, URI ready, Process process, Packaging packaging) {
        this.name = name;
        this.log = log;
        this.ready = ready;
        this.process = process;
        this.packaging = packaging;
    }

    /** Starts the packaged service {@code name}; {@link #awaitReady()} waits for it. */
    static ServiceProcess start(
            Packaging packaging, Path logs, String name, int port, int management, Map<String, String> environment) {
        Path jar = packaging.jar(name);
        if (!Files.isRegularFile(jar)) {
            throw new StartFailure(name + " is not built: " + jar + " is missing; run ./mvnw package -DskipTests.");
        }
        Path log = logs.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(packaging.options(name));
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).redirectInput(new File("/dev/null"));
        try {
            URI ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
            return new ServiceProcess(name, log, ready, builder.start(), packaging);
        } catch (IOException e) {
            throw new StartFailure(name + " cannot be started: " + e.getMessage() + ".");
        }
    }

    /** Returns once the service answers that it is ready; fails if it ends or takes too long. */
    void awaitReady() throws InterruptedException {
        Duration patience = packaging.readyWithin();
        Instant giveUp = Instant.now().plus(patience);
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new StartFailure(name + " ended with code " + process.exitValue() + "; its log: " + log);
            }
            if (Instant.now().isAfter(giveUp)) {
                throw new StartFailure(name + " was not ready within " + patience.toSeconds() + " s; its log: " + log);
            }
            Thread.sleep(ASK_EVERY.toMillis());
        }
    }

    /** Runs {@code action} should the process end by itself. */
    void onExit(Runnable action) {
        var unused = process.onExit().thenRun(action);
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(packaging.stopSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
