package com.vibnai.chaos;

import com.vibnai.stage.PostgresServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The list of what is broken, by the name that the command line takes. */
final class Faults {

    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(20);

    private Faults() {}

    /** Met by clients that sign up. */
    static Map<String, Fault> ofAttribution(Stage stage) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put(
                "kill-service",
                new Fault(
                        "kill -9 of attribution-service, started again",
                        Duration.ofSeconds(1),
                        true,
                        () -> stage.attribution().kill(),
                        stage::restartAttribution));
        PostgresServer postgres = stage.postgres();
        faults.put(
                "kill-postgres",
                new Fault("kill -9 of PostgreSQL, started again", SHORT, false, postgres::kill, postgres::start));
        faults.put(
                "freeze-postgres", new Fault("SIGSTOP of PostgreSQL", LONG, false, postgres::freeze, postgres::thaw));
        Connections connections = new Connections(postgres);
        faults.put(
                "connections",
                new Fault(
                        "every connection of PostgreSQL taken, the service's ended",
                        USUAL,
                        false,
                        connections::take,
                        connections::release));
        Namespaces namespaces = stage.namespaces();
        if (namespaces != null) {
            faults.put(
                    "disk",
                    new Fault("PostgreSQL's disk full", USUAL, false, () -> fill(stage.filler()), () -> empty(stage)));
            faults.put(
                    "cut",
                    new Fault(
                            "network between service and PostgreSQL cut",
                            LONG,
                            false,
                            namespaces::cut,
                            namespaces::mend));
            faults.put(
                    "loss",
                    new Fault(
                            "20 % of the packets lost between service and PostgreSQL",
                            LONG, false, () -> namespaces.lose(0.2), namespaces::mend));
        }
        return faults;
    }

    /** Met by clients that sign up, when the service runs on a clock that can be set; none if there is no such clock. */
    static Map<String, Fault> ofClock(Stage stage) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        SkewedClock clock = stage.clock();
        if (clock != null) {
            faults.put("clock-ahead", jump("an hour ahead, and back", clock, Duration.ofHours(1)));
            faults.put("clock-back", jump("a day back, and ahead again", clock, Duration.ofDays(-1)));
        }
        return faults;
    }

    private static Fault jump(String where, SkewedClock clock, Duration ahead) {
        return new Fault(
                "the service's clock jumps " + where,
                USUAL,
                false,
                () -> clock.set(ahead),
                () -> clock.set(Duration.ZERO));
    }

    /** Met by clients that read. */
    static Map<String, Fault> ofQuery(Stage stage) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put(
                "kill-umami",
                new Fault(
                        "kill -9 of Umami's PostgreSQL, started again",
                        USUAL,
                        false,
                        stage.umami()::kill,
                        stage.umami()::start));
        faults.put(
                "freeze-umami",
                new Fault("SIGSTOP of Umami's PostgreSQL", LONG, false, stage.umami()::freeze, stage.umami()::thaw));
        faults.put(
                "attribution-gone",
                new Fault(
                        "attribution-service gone for umami-query-service",
                        USUAL,
                        false,
                        () -> stage.attribution().kill(),
                        stage::restartAttribution));
        return faults;
    }

    /** To the last byte. */
    private static void fill(Path file) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (Files.size(file) == 0) {
                throw e;
            }
        }
    }

    /** PostgreSQL may have given up; then its operator starts it again. */
    private static void empty(Stage stage) throws IOException, InterruptedException {
        Files.delete(stage.filler());
        if (!stage.postgres().isAlive()) {
            stage.postgres().start();
        }
    }
}
