package com.vibnai.quickstart;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./quickstart}: runs until it is interrupted. */
@Command(
        name = "quickstart",
        description =
                "Runs the whole product with a demo site on this machine; Ctrl-C ends it and leaves nothing behind.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        sortOptions = false)
public final class Quickstart implements Callable<Integer> {

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "8080",
            description =
                    "tracker-web on N, attribution-service N+1, umami-query-service N+2, demo site N+10, stand-in for"
                            + " Umami N+20, health and metrics N+1000 to N+1002; 0 finds free ports. Default: ${DEFAULT-VALUE}")
    private int portBase;

    @Option(names = "--no-demo-data", description = "Start without the demo users and their histories.")
    private boolean noDemoData;

    @Option(
            names = "--env-file",
            paramLabel = "PATH",
            description = "Where addresses and keys are written, for scripts. Default: .quickstart.env in the project")
    private @Nullable Path givenEnvFile;

    @Option(names = "--root", hidden = true, defaultValue = ".")
    private Path root = Path.of(".");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Ends the JVM with 0 after an interrupt, 1 if something could not start or died, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        System.setProperty("vertx.disableFileCPResolving", "false");
        CommandLine command = new CommandLine(new Quickstart());
        command.setExecutionExceptionHandler((e, line, result) -> {
            line.getErr().println(e instanceof StartFailure ? e.getMessage() : "Unexpected failure: " + e);
            return 1;
        });
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path envFile = givenEnvFile == null ? root.resolve(".quickstart.env") : givenEnvFile;
        Path logs = Files.createDirectories(root.resolve(".quickstart/logs"));
        Leftovers leftovers = new Leftovers(
                root.resolve(".quickstart/processes-" + envFile.toAbsolutePath().hashCode()));
        leftovers.end();
        PrintWriter out = spec.commandLine().getOut();
        EnvFile env = new EnvFile(envFile);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger code = new AtomicInteger();
        try (Stack stack = new Stack(new Built(root), logs, Ports.from(portBase), line -> say(out, line))) {
            Thread hook = new Thread(() -> end(stack, env, leftovers), "end");
            Runtime.getRuntime().addShutdownHook(hook);
            Map<String, String> values = stack.start(!noDemoData);
            leftovers.write(stack.processes());
            stack.onDeath(service -> {
                spec.commandLine().getErr().println(service.name() + " ended by itself; its log: " + service.log());
                code.set(1);
                ended.countDown();
            });
            env.write(values);
            say(out, Welcome.text(values, envFile, !noDemoData));
            ended.await();
        } finally {
            env.delete();
            leftovers.forget();
        }
        return code.get();
    }

    /** On Ctrl-C the JVM is going down already; what is left to do is to take the rest along. */
    private static void end(Stack stack, EnvFile env, Leftovers leftovers) {
        stack.close();
        try {
            env.delete();
            leftovers.forget();
        } catch (IOException e) {
            System.err.println("Could not remove the env file: " + e.getMessage());
        }
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
