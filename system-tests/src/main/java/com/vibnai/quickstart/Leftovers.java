package com.vibnai.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The processes of a run, in a file. A run that was killed could not end them; the next one does. A process is known by its
 * id and its start time together, since ids are used again.
 */
final class Leftovers {

    private final Path file;

    Leftovers(Path file) {
        this.file = file;
    }

    /** Ends what the run before left behind, if that run itself is gone. */
    void end() throws IOException {
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            boolean running = !lines.isEmpty() && find(lines.get(0)).isPresent();
            if (!running) {
                lines.stream().map(Leftovers::find).flatMap(Optional::stream).forEach(ProcessHandle::destroyForcibly);
                Files.delete(file);
            }
        }
    }

    /** Notes this run and its processes. */
    void write(Collection<ProcessHandle> processes) throws IOException {
        StringBuilder text = new StringBuilder(line(ProcessHandle.current()));
        processes.forEach(process -> text.append('\n').append(line(process)));
        Files.writeString(file, text);
    }

    /** This run ended everything itself. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    private static String line(ProcessHandle process) {
        return process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static Optional<ProcessHandle> find(String line) {
        String[] words = line.split(" ", -1);
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(process -> line(process).equals(line));
    }
}
