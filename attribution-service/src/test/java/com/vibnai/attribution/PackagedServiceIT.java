package com.vibnai.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service as it is shipped: its commands, and what it does not start with. */
class PackagedServiceIT {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private record Ended(int exit, String output) {}

    private static Ended run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ATTRIBUTION_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            return new Ended(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void makesKeys() throws IOException, InterruptedException {
        Ended ended = run(Map.of(), "keys", "new", "--name", "server", "--scopes", "ingest,read");

        assertThat(ended.exit()).isZero();
        assertThat(ended.output())
                .containsPattern("sk_[0-9a-f]{64}")
                .containsPattern("ATTRIBUTION_API_KEYS_SERVER_DIGEST=[0-9a-f]{64}")
                .contains("ATTRIBUTION_API_KEYS_SERVER_SCOPES=ingest,read");
    }

    @Test
    void explainsItself() throws IOException, InterruptedException {
        Ended ended = run(Map.of(), "--help");

        assertThat(ended.exit()).isZero();
        assertThat(ended.output()).contains("keys").contains("import");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ATTRIBUTION_API_KEYS_SERVER_DIGEST | | No key is configured",
                "ATTRIBUTION_BROWSER_ALLOWED_ORIGINS | * | ATTRIBUTION_BROWSER_ALLOWED_ORIGINS has a wildcard",
                "ATTRIBUTION_BROWSER_PROOF | optional | ATTRIBUTION_BROWSER_PROOF is `optional`",
                "ATTRIBUTION_BROWSER_SIGNING_SECRETS | change-me-change-me-change-me-change-me | SIGNING_SECRETS has",
                "READ_TOKEN_SECRET | an-example-secret-0123456789abcdef | READ_TOKEN_SECRET has a secret"
            })
    void doesNotStartWithWhatProtectsNothing(String name, String value, String said)
            throws IOException, InterruptedException {
        try (TestDatabase database = TestPostgres.shared().createDatabase("packaged")) {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "ATTRIBUTION_DB_URL",
                    database.reactiveUrl() + "?user=" + database.user() + "&password=" + database.password(),
                    "QUARKUS_HTTP_PORT",
                    "0",
                    "QUARKUS_MANAGEMENT_PORT",
                    "0",
                    "ATTRIBUTION_API_KEYS_SERVER_DIGEST",
                    AttributionStack.sha256("sk_3f1c9a7be2d84460b5a1c0ffee93d27a"),
                    "ATTRIBUTION_API_KEYS_SERVER_SCOPES",
                    "ingest"));
            if (value == null) {
                environment.remove("ATTRIBUTION_API_KEYS_SERVER_DIGEST");
                environment.remove("ATTRIBUTION_API_KEYS_SERVER_SCOPES");
            } else {
                environment.put(name, value);
            }

            Ended ended = run(environment);

            assertThat(ended.exit()).isNotZero();
            assertThat(ended.output())
                    .contains("attribution-service does not start. ")
                    .contains(said);
        }
    }
}
