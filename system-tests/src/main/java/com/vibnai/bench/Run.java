package com.vibnai.bench;

import com.vibnai.stage.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a part needs to know.
 *
 * @param root the project
 * @param work scratch files of this run
 * @param seconds length of one measurement
 * @param warmUpSeconds length of a warm-up at most; a service that is not at its best by then is measured as it is
 * @param rounds how often each pair is measured
 * @param events size of the Umami data
 * @param growth sizes of the Umami data that are compared, ascending
 * @param records signups that reports are made of
 * @param profiles where flame graphs go, if they are wanted
 * @param jdks homes of the JDKs to start the services with; the first is the one for everything else
 */
record Run(
        Path root,
        Path work,
        PostgresServer postgres,
        int seconds,
        int warmUpSeconds,
        int rounds,
        long events,
        List<Long> growth,
        long records,
        @Nullable Path profiles,
        List<Path> jdks,
        Results results,
        Consumer<String> progress) {

    void say(String line) {
        progress.accept(line);
    }

    /** Length of a try that only finds a client count. */
    int trySeconds() {
        return Math.max(1, seconds / 3);
    }

    Path jdk() {
        return jdks.get(0);
    }
}
