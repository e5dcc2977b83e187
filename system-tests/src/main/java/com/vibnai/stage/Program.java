package com.vibnai.stage;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the commands in the project's root have in common. */
public final class Program {

    private Program() {}

    /** Runs {@code command} and ends the JVM with its code; 1 after a failure, of which one sentence is told. */
    public static void run(Object command, String[] arguments) {
        CommandLine line = new CommandLine(command);
        line.setExecutionExceptionHandler((e, failed, result) -> {
            failed.getErr().println(e instanceof StageFailure ? e.getMessage() : "Unexpected failure: " + e);
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    /** Tells who waits how far it is. */
    public static void say(CommandSpec spec, String line) {
        PrintWriter screen = spec.commandLine().getErr();
        screen.println(line);
        screen.flush();
    }

    /** Puts {@code table} between the lines {@code begin} and {@code end} of a document. */
    public static void replaceTable(Path document, String begin, String end, String table) throws IOException {
        String text = Files.readString(document);
        int from = text.indexOf(begin);
        int until = text.indexOf(end);
        if (from < 0 || until < from) {
            throw new StageFailure(document + " has no place for the table.");
        }
        Files.writeString(
                document, text.substring(0, from + begin.length()) + "\n" + table + "\n" + text.substring(until));
    }

    /** Removes a folder and all that is in it. */
    public static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
