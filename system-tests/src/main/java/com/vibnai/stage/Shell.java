package com.vibnai.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs commands, bounded in time. */
public final class Shell {

    private Shell() {}

    /** Output and error output of a command that has to end with 0 within {@code limit}. */
    public static String run(Duration limit, String... command) {
        return run(limit, Map.of(), List.of(command));
    }

    /** The same with additions to the environment. */
    public static String run(Duration limit, Map<String, String> environment, List<String> command) {
        @Nullable Path output = null;
        try {
            output = Files.createTempFile("vibn-stage-", ".out");
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new StageFailure(command.get(0) + " did not end within " + limit.toSeconds() + " s.");
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new StageFailure(
                        String.join(" ", command) + " ended with " + process.exitValue() + ": " + text.strip());
            }
            return text;
        } catch (IOException e) {
            throw new StageFailure(command.get(0) + " cannot be run: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageFailure("Interrupted.");
        } finally {
            delete(output);
        }
    }

    /** Fails with {@code sentence} if {@code tool} is not on the PATH. */
    public static void require(String tool, String sentence) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, tool))) {
                return;
            }
        }
        throw new StageFailure(sentence);
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
