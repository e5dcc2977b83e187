package com.vibnai.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.bench.AttributionUnderTest;
import com.vibnai.stage.Await;
import com.vibnai.stage.FreePort;
import com.vibnai.stage.ServiceRun;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the packaged service behind a load balancer that asks for readiness, replaced one after the other. */
class RollingRestartIT {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path logs;

    private final TestDatabase database = TestPostgres.shared().createDatabase("rolling");
    private final ReadinessProxy proxy = new ReadinessProxy();
    private final Map<String, ServiceRun> instances = new HashMap<>();

    @BeforeEach
    void startTwo() throws InterruptedException {
        replace("a");
        replace("b");
    }

    @AfterEach
    void end() {
        proxy.close();
        instances.values().forEach(ServiceRun::close);
        database.close();
    }

    @Test
    void failsNoRequestAndLosesNoSignup() throws Exception {
        Ledger ledger = new Ledger();
        Tally tally;
        try (SigningUp client = new SigningUp(ledger, proxy.url())) {
            // Given clients that sign users up without a pause
            tally = client.newTally();
            client.start();
            Await.until(() -> tally.answered.get() > 200, PATIENCE);

            // When each instance is replaced by a new one
            replace("a");
            replace("b");
            int answered = tally.answered.get();
            Await.until(() -> tally.answered.get() > answered + 200, PATIENCE);
        }

        // Then nobody was refused, cut off or left waiting, and everything is there
        assertThat(tally.wrongErrors.get())
                .as("other errors, such as %s", tally.example())
                .isZero();
        assertThat(tally.problems.get()).as("503").isZero();
        assertThat(tally.unreachable.get()).as("refused or cut").isZero();
        assertThat(tally.hung.get()).as("hung").isZero();
        assertThat(tally.contradictions.get()).as("contradictions").isZero();
        try (Connection connection = database.connect()) {
            assertThat(ledger.compare(connection).none()).isTrue();
        }
    }

    /** As an orchestrator does: the old one is told to end, and ends; the new one gets requests when it is ready. */
    private void replace(String name) throws InterruptedException {
        ServiceRun old = instances.get(name);
        if (old != null) {
            old.terminate();
            Await.until(() -> !old.isAlive(), PATIENCE);
            proxy.remove(backEnd(old));
        }
        ServiceRun replacement = ServiceRun.packaged(
                ROOT,
                logs,
                "attribution-service",
                Path.of(System.getProperty("java.home")),
                FreePort.find(),
                Map.of(
                        "ATTRIBUTION_DB_URL",
                        database.reactiveUrl() + "?user=" + database.user() + "&password=" + database.password(),
                        "ATTRIBUTION_API_KEYS_BENCH_DIGEST",
                        AttributionUnderTest.digest(AttributionUnderTest.KEY),
                        "ATTRIBUTION_API_KEYS_BENCH_SCOPES",
                        "ingest,read,admin",
                        "QUARKUS_SHUTDOWN_DELAY",
                        "3s"));
        instances.put(name, replacement);
        replacement.awaitReady();
        proxy.add(backEnd(replacement));
        Await.until(() -> proxy.sendsTo(backEnd(replacement)), PATIENCE);
    }

    private static ReadinessProxy.BackEnd backEnd(ServiceRun run) {
        return new ReadinessProxy.BackEnd(
                run.port(), URI.create(run.managementUrl()).getPort());
    }
}
