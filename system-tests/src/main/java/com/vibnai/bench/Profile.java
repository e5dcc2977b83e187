package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import com.vibnai.stage.Shell;
import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/**
 * Where a service spends its time and its memory under load, as flame graphs made from a recording of the JDK: one to click
 * through, and a plain picture.
 */
final class Profile {

    private static final String RECORDING = "bench";
    /** An event loop that waits for work is no work. */
    private static final String NO_WAITS = "jdk.NativeMethodSample#enabled=false";

    /** Frames that are narrower cannot be read, and make the file large. */
    private static final String NARROWEST_PERCENT = "0.2";

    /** Frames of a stack; a reactive one is deeper than the recorder's 64. */
    private static final int DEEPEST = 512;

    private static final Duration DRAWN_WITHIN = Duration.ofMinutes(1);

    private Profile() {}

    /** How long the load of a recording runs: the recorder looks 50 times a second at most, and the JVM compiles anew first. */
    static int seconds(Run run) {
        return 8 * run.seconds();
    }

    /** Records {@code service} while {@code load} runs, if profiles are wanted. The last of a part: starting to record throws compiled code away. */
    static void record(Run run, ServiceRun service, String name, Runnable load) throws IOException {
        Path folder = run.profiles();
        if (folder == null) {
            return;
        }
        Files.createDirectories(folder);
        Path recording = run.work().resolve(name + ".jfr");
        service.jcmd("JFR.configure", "stackdepth=" + DEEPEST);
        service.jcmd("JFR.start", "name=" + RECORDING, "settings=profile", NO_WAITS);
        load.run();
        service.jcmd("JFR.stop", "name=" + RECORDING, "filename=" + recording);
        draw(run, recording, folder, name, "cpu", "samples of the CPU");
        draw(run, recording, folder, name, "alloc", "allocated bytes", "--alloc", "--total");
        run.say("profile: " + folder.resolve("flame-" + name + "-*.html"));
    }

    private static void draw(
            Run run, Path recording, Path folder, String name, String kind, String title, String... options) {
        String file = "flame-" + name + "-" + kind;
        String whole = name + ": " + title;
        convert(recording, folder.resolve(file + ".html"), "html", whole, options);
        Path stacks = run.work().resolve(file + ".txt");
        convert(recording, stacks, "collapsed", whole, options);
        Shell.run(
                DRAWN_WITHIN,
                "node",
                run.root().resolve("system-tests/src/bench/flame.mjs").toString(),
                stacks.toString(),
                folder.resolve(file + ".svg").toString(),
                whole);
    }

    private static void convert(Path recording, Path target, String form, String title, String... options) {
        List<String> all = new ArrayList<>(
                List.of("--output", form, "--title", title, "--minwidth", NARROWEST_PERCENT, "--norm", "--dot"));
        all.addAll(List.of(options));
        try {
            JfrToFlame.convert(recording.toString(), target.toString(), new Arguments(all.toArray(String[]::new)));
        } catch (IOException e) {
            throw new StageFailure("No flame graph can be made of " + recording + ": " + e.getMessage() + ".");
        }
    }
}
