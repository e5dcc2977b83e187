package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import java.time.Duration;

/**
 * Load until a service is as fast as it gets: the JVM compiles what runs often, for minutes on a small machine, and a
 * reference that is not a JVM has no such minutes. Load that takes all cores leaves the compiler few, so it gets breaks.
 */
final class WarmUp {

    private static final int SLICE_SECONDS = 5;
    /** A slice that is faster than the best before by less has nothing more to win. */
    private static final double STILL_GAINING = 1.03;

    private static final int SLICES_WITHOUT_GAIN = 3;

    private WarmUp() {}

    /**
     * Sends {@code script} until it gets no faster any more, for {@code most} seconds at most, with breaks of up to a quarter of
     * the longest warm-up.
     */
    static void run(Run run, ServiceRun service, String script, int connections, int most) throws InterruptedException {
        double best = 0;
        int withoutGain = 0;
        int seconds = 0;
        while (withoutGain < SLICES_WITHOUT_GAIN && seconds < most) {
            double rate = Wrk.run(run.work(), service.url(), script, connections, SLICE_SECONDS)
                    .perSecond();
            seconds += SLICE_SECONDS;
            service.awaitCompiled(Duration.ofSeconds(run.warmUpSeconds() / 4));
            withoutGain = rate > best * STILL_GAINING ? 0 : withoutGain + 1;
            best = Math.max(best, rate);
        }
        run.say("warmed up by %d s of load".formatted(seconds));
    }
}
