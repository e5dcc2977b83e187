package com.vibnai.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends signals to a process and all that it started. */
final class Signal {

    private Signal() {}

    static void send(String name, ProcessHandle process) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
        process.descendants().forEach(child -> command.add(Long.toString(child.pid())));
        try {
            Shell.run(Duration.ofSeconds(10), Map.of(), command);
        } catch (StageFailure e) {
            // One of the children may have ended in between; what is left has the signal.
            if (process.isAlive() && !String.valueOf(e.getMessage()).contains("No such process")) {
                throw e;
            }
        }
    }
}
