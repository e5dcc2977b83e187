package com.vibnai.bench;

import com.vibnai.stage.FreePort;
import com.vibnai.stage.ServiceRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Time from the start of a process to its first 200, and memory in RAM, against a bare endpoint on the same JDK. */
final class StartPart implements Part {

    private static final String DATABASE = "bench_start";
    private static final long SETTLE_MILLIS = 3000;

    @Override
    public void run(Run run) throws Exception {
        run.postgres().execute("postgres", "CREATE DATABASE " + DATABASE);
        Map<String, Map<String, String>> services = new HashMap<>();
        services.put("attribution-service", AttributionUnderTest.environment(run.postgres(), DATABASE));
        services.put(
                "umami-query-service",
                QueryUnderTest.environment(run.postgres(), UmamiData.create(run).name(), 1));
        services.put(
                "tracker-web",
                Map.of(
                        "TRACKER_UMAMI_WEBSITE_ID", SignupLoad.WEBSITE,
                        "TRACKER_UMAMI_SCRIPT_URL", "http://localhost:1/script.js",
                        "TRACKER_ATTRIBUTION_URL", "http://localhost:1",
                        "TRACKER_PUBLISHABLE_KEY", "pk_bench"));
        for (Path jdk : run.jdks()) {
            AttributionUnderTest.createTables(run, jdk, DATABASE);
            for (String name : List.of("attribution-service", "umami-query-service", "tracker-web")) {
                measure(run, jdk, name, services.getOrDefault(name, Map.of()));
            }
        }
    }

    private static void measure(Run run, Path jdk, String name, Map<String, String> environment) throws Exception {
        String version = Environment.javaVersion(jdk);
        Series time = run.results()
                .add(new Series(name + ", JDK " + version + ", first 200", "ms", "bare endpoint", null, false));
        Series memory = run.results()
                .add(new Series(name + ", JDK " + version + ", RSS idle", "MB", "bare endpoint", null, false));
        Series loaded = run.results()
                .add(new Series(name + ", JDK " + version + ", RSS under load", "MB", "its own RSS idle", null, false));
        for (int round = 1; round <= run.rounds(); round++) {
            double bareTime;
            double bareMemory;
            int port = FreePort.find();
            Map<String, String> plain = Map.of(
                    "PLAIN_PORT", Integer.toString(port),
                    "PLAIN_DB_URL", run.postgres().url(DATABASE),
                    "PLAIN_INSERT", "SELECT 1");
            try (ServiceRun bare =
                    ServiceRun.own(run.work(), "plain-endpoint", jdk, PlainEndpoint.class, port, plain)) {
                bareTime = bare.awaitReady().toMillis();
                Thread.sleep(SETTLE_MILLIS);
                bareMemory = bare.rss() / 1024.0;
            }
            try (ServiceRun service = ServiceRun.packaged(run.root(), run.work(), name, jdk, environment)) {
                double millis = service.awaitReady().toMillis();
                Thread.sleep(SETTLE_MILLIS);
                double idle = service.rss() / 1024.0;
                Wrk.run(run.work(), service.url(), load(name), 64, run.seconds());
                double busy = service.rss() / 1024.0;
                time.add(millis, bareTime);
                memory.add(idle, bareMemory);
                loaded.add(busy, idle);
                run.say("start: %s, JDK %s, %d/%d: %,.0f ms (bare endpoint %,.0f), %.0f MB idle (%.0f), %.0f MB loaded"
                        .formatted(name, version, round, run.rounds(), millis, bareTime, idle, bareMemory, busy));
            }
        }
    }

    private static String load(String name) {
        return switch (name) {
            case "attribution-service" -> SignupLoad.distinct(false);
            case "tracker-web" -> "wrk.path = '/tracker.js'";
            default -> QueryUnderTest.load(List.of("nobody"), "/trail");
        };
    }
}
