package com.vibnai.bench;

import com.vibnai.stage.Shell;
import com.vibnai.stage.StageFailure;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Closed-loop load: every connection sends its next request when the last is answered. */
final class Wrk {

    private static final String MISSING =
            "wrk is needed and not on the PATH: apt-get install wrk (Debian, Ubuntu) or brew install wrk (macOS).";
    private static final String MARK = "wrk-result ";
    private static final String DONE = """

            function done(summary, latency)
                local failed = summary.errors.status + summary.errors.connect + summary.errors.read
                    + summary.errors.write + summary.errors.timeout
                print(string.format('%s{"requests":%%d,"failed":%%d,"micros":%%d,"p50":%%d,"p99":%%d}',
                    summary.requests, failed, summary.duration, latency:percentile(50), latency:percentile(99)))
            end
            """.formatted(MARK);

    private Wrk() {}

    static void require() {
        Shell.require("wrk", MISSING);
    }

    /**
     * @param perSecond requests that were answered with success
     * @param p50 median of the latency, in milliseconds
     */
    record Load(double perSecond, long failed, double p50, double p99) {}

    /** Runs {@code script}, which defines {@code request()}, against {@code url}. */
    static Load run(Path work, String url, String script, int connections, int seconds) {
        try {
            Path file = Files.writeString(work.resolve("load.lua"), script + DONE);
            List<String> command = List.of(
                    "wrk",
                    "--threads",
                    "2",
                    "--connections",
                    Integer.toString(connections),
                    "--duration",
                    seconds + "s",
                    "--timeout",
                    "10s",
                    "--script",
                    file.toString(),
                    url);
            String output = Shell.run(Duration.ofSeconds(seconds + 60L), Map.of(), command);
            return parse(output);
        } catch (IOException e) {
            throw new StageFailure("The load's script cannot be written: " + e.getMessage() + ".");
        }
    }

    static Load parse(String output) {
        int at = output.indexOf(MARK);
        if (at < 0) {
            throw new StageFailure("wrk printed no result: " + output);
        }
        JsonObject result = new JsonObject(output.substring(at + MARK.length()).strip());
        long requests = result.getLong("requests");
        long failed = result.getLong("failed");
        return new Load(
                (requests - failed) * 1e6 / result.getLong("micros"),
                failed,
                result.getLong("p50") / 1000.0,
                result.getLong("p99") / 1000.0);
    }
}
