package com.vibnai.bench;

import com.vibnai.stage.PostgresServer;
import com.vibnai.stage.ServiceRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** attribution-service as packaged, with one key for all that the benchmarks do. */
public final class AttributionUnderTest {

    /** Scopes: everything. */
    public static final String KEY = "bench_attribution_key_0123456789abcdef";

    private AttributionUnderTest() {}

    /** What it needs to know to start on {@code database}. */
    public static Map<String, String> environment(PostgresServer server, String database) {
        Map<String, String> environment = new HashMap<>(keys());
        environment.put("ATTRIBUTION_DB_URL", server.url(database));
        return Map.copyOf(environment);
    }

    /** The same without a database. */
    public static Map<String, String> keys() {
        return Map.of(
                "ATTRIBUTION_API_KEYS_BENCH_DIGEST",
                digest(KEY),
                "ATTRIBUTION_API_KEYS_BENCH_SCOPES",
                "ingest,read,admin",
                // What is measured is the service and not its limit.
                "ATTRIBUTION_RATE_LIMIT_KEY",
                "0");
    }

    static ServiceRun start(Run run, Path jdk, String database) {
        return ServiceRun.packaged(
                run.root(), run.work(), "attribution-service", jdk, environment(run.postgres(), database));
    }

    /** A first start, which does nothing else. */
    static void createTables(Run run, Path jdk, String database) throws InterruptedException {
        try (ServiceRun first = start(run, jdk, database)) {
            first.awaitReady();
        }
    }

    /** SHA-256 in hexadecimal digits: what a service is told of a key. */
    public static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
