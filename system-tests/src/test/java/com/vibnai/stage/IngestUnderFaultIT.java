package com.vibnai.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.bench.AttributionUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged attribution-service under load, while what it stands on goes away. */
class IngestUnderFaultIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** Unpacked once for all tests: the library does it once a JVM. */
    private static final Path BINARIES = Path.of("target", "stage").toAbsolutePath();

    private static final String DATABASE = "attribution";
    private static final int SENDERS = 8;
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    Path work;

    private PostgresServer postgres;
    private ServiceRun service;

    /** One signup that was answered. */
    private record Answer(String user, int status, boolean clear) {

        boolean isStored() {
            return status == 200 || status == 201;
        }
    }

    @BeforeEach
    void start() throws Exception {
        postgres = PostgresServer.create(BINARIES, work.resolve("data"), "127.0.0.1", List.of(), Map.of());
        postgres.start();
        postgres.execute("postgres", "CREATE DATABASE " + DATABASE);
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        postgres.close();
    }

    private void startService(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(AttributionUnderTest.environment(postgres, DATABASE));
        environment.putAll(more);
        service = ServiceRun.packaged(
                ROOT, work, "attribution-service", Path.of(System.getProperty("java.home")), environment);
    }

    @Test
    void everyRequestIsStoredOrRefusedWhenPostgresDiesAndItWorksOnOnceItIsBack() throws Exception {
        startService(Map.of());
        service.awaitReady();
        Load load = new Load();
        load.await(() -> load.stored() > 300);

        postgres.kill();
        load.await(() -> load.refused() > 50);
        postgres.start();
        long before = load.stored();
        load.await(() -> load.stored() > before + 300);
        load.end();

        assertThat(load.failures).isEmpty();
        assertThat(load.answers)
                .extracting(Answer::status)
                .isSubsetOf(200, 201, 503)
                .contains(201, 503);
        assertThat(load.answers).filteredOn(answer -> !answer.isStored()).allMatch(Answer::clear);
        assertThat(service.isAlive()).isTrue();
        assertThat(users()).containsAll(load.acknowledged());
    }

    @Test
    void aStopUnderLoadLosesNothingThatWasAcknowledged() throws Exception {
        startService(Map.of());
        service.awaitReady();
        Load load = new Load();
        load.await(() -> load.stored() > 300);

        service.close();
        load.end();

        assertThat(service.isAlive()).isFalse();
        assertThat(load.answers).extracting(Answer::status).isSubsetOf(200, 201, 503);
        assertThat(users()).containsAll(load.acknowledged());
    }

    @Test
    void aRuleFileThatIsWrongStopsTheStartWithItsLine() throws Exception {
        Path rules = Files.writeString(work.resolve("rules.yaml"), "rules:\n  - name: podcast\n    chanel: Podcast\n");

        startService(Map.of("ATTRIBUTION_CHANNELS_RULES_FILE", rules.toString()));
        Await.until(() -> !service.isAlive(), LONG);

        assertThat(Files.readString(work.resolve("attribution-service.log")))
                .contains(rules + ", line 3: `chanel` is not known here");
    }

    private Set<String> users() throws SQLException {
        Set<String> users = new HashSet<>();
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(DATABASE));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT user_id FROM attributions")) {
            while (rows.next()) {
                users.add(rows.getString(1));
            }
        }
        return users;
    }

    /** Signups of new users, one after the other on each of some connections. */
    private final class Load {

        final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);

        Load() {
            for (int i = 0; i < SENDERS; i++) {
                senders.execute(this::send);
            }
        }

        private void send() {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            while (!ended.get()) {
                String user = "user-" + UUID.randomUUID();
                try {
                    HttpResponse<String> answer = http.send(request(user), HttpResponse.BodyHandlers.ofString());
                    answers.add(new Answer(user, answer.statusCode(), isClear(answer)));
                } catch (IOException e) {
                    failures.add(e.toString());
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private HttpRequest request(String user) {
            return HttpRequest.newBuilder(URI.create(service.url() + "/v1/attributions"))
                    .timeout(LONG)
                    .header("Authorization", "Bearer " + AttributionUnderTest.KEY)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"user_id\":\"" + user + "\",\"utm_source\":\"google\"}"))
                    .build();
        }

        private static boolean isClear(HttpResponse<String> answer) {
            return answer.headers().firstValue("Retry-After").isPresent()
                    && answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        }

        long stored() {
            return answers.stream().filter(Answer::isStored).count();
        }

        long refused() {
            return answers.size() - stored();
        }

        Set<String> acknowledged() {
            return answers.stream().filter(Answer::isStored).map(Answer::user).collect(Collectors.toSet());
        }

        void await(BooleanSupplier condition) throws InterruptedException {
            Await.until(condition, LONG);
        }

        void end() throws InterruptedException {
            ended.set(true);
            senders.shutdown();
            assertThat(senders.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
