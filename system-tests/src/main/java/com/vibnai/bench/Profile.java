package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/** Where a service spends its time and its memory under load, as flame graphs made from a recording of the JDK. */
final class Profile {

    private static final String RECORDING = "bench";
    /** An event loop that waits for work is no work. */
    private static final String NO_WAITS = "jdk.NativeMethodSample#enabled=false";

    /** Frames that are narrower cannot be read, and make the file large. */
    private static final String NARROWEST_PERCENT = "0.2";

    private Profile() {}

    /** Records {@code service} while {@code load} runs, if profiles are wanted. The last of a part: starting to record throws compiled code away. */
    static void record(Run run, ServiceRun service, String name, Runnable load) throws IOException {
        Path folder = run.profiles();
        if (folder == null) {
            return;
        }
        Files.createDirectories(folder);
        Path recording = run.work().resolve(name + ".jfr");
        service.jcmd("JFR.start", "name=" + RECORDING, "settings=profile", NO_WAITS);
        load.run();
        service.jcmd("JFR.stop", "name=" + RECORDING, "filename=" + recording);
        convert(recording, folder.resolve("flame-" + name + "-cpu.html"), "--title", name + ": samples of the CPU");
        convert(
                recording,
                folder.resolve("flame-" + name + "-alloc.html"),
                "--title",
                name + ": allocated bytes",
                "--alloc",
                "--total");
        run.say("profile: " + folder.resolve("flame-" + name + "-*.html"));
    }

    private static void convert(Path recording, Path target, String... options) {
        List<String> all = new ArrayList<>(List.of("--minwidth", NARROWEST_PERCENT, "--norm"));
        all.addAll(List.of(options));
        try {
            JfrToFlame.convert(recording.toString(), target.toString(), new Arguments(all.toArray(String[]::new)));
        } catch (IOException e) {
            throw new StageFailure("No flame graph can be made of " + recording + ": " + e.getMessage() + ".");
        }
    }
}
