package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks for users whom nobody has linked, each asked for once: by reading whole tables of Umami, which is the slowest step
 * of the ladder, and by the indexes that the service proposes.
 */
final class LadderPart implements Part {

    private static final String ATTRIBUTION = "bench_ladder_links";
    private static final String CALL = "/funnel";
    private static final String CLAIMS = "WITH parameters AS (SELECT $1";
    private static final int CAPTURED = 20;
    /** One for each of wrk's threads. */
    private static final int CONNECTIONS = 2;

    @Override
    public void run(Run run) throws Exception {
        run.postgres().execute("postgres", "CREATE DATABASE " + ATTRIBUTION);
        UmamiData data = UmamiData.create(run);
        try (ServiceRun attribution = AttributionUnderTest.start(run, run.jdk(), ATTRIBUTION)) {
            attribution.awaitReady();
            data.fill(run.events(), attribution, ATTRIBUTION);
            measure(run, data, attribution, "user without links, no index");
            try (ServiceRun query = QueryPart.start(run, data, attribution)) {
                query.awaitReady();
                addProposedIndexes(run, data, query);
            }
            measure(run, data, attribution, "user without links, with the proposed indexes");
        }
    }

    private static void measure(Run run, UmamiData data, ServiceRun attribution, String name) throws Exception {
        List<String> strangers = IntStream.range(0, CAPTURED)
                .mapToObj(number -> "stranger-" + number)
                .toList();
        List<String> scripts = QueryPart.capture(run, data, attribution, strangers, CALL, CLAIMS);
        Series series = run.results()
                .add(new Series("funnel of a " + name + ", p50", "ms", "pgbench: the same SQL", null, false));
        series.note("connections", CONNECTIONS).note("events", run.events());
        try (ServiceRun query = QueryPart.start(run, data, attribution)) {
            query.awaitReady();
            String load = QueryUnderTest.loadOfStrangers(CALL);
            WarmUp.run(run, query, load, CONNECTIONS, run.warmUpSeconds() / 2);
            long failed = 0;
            for (int round = 1; round <= run.rounds(); round++) {
                Wrk.Load answers = Wrk.run(run.work(), query.url(), load, CONNECTIONS, run.seconds());
                double pgbench =
                        CONNECTIONS * 1000 / Pgbench.run(run, data.name(), scripts, CONNECTIONS, run.seconds());
                failed += answers.failed();
                series.add(answers.p50(), pgbench);
                run.say("ladder: %s %d/%d: service %.1f ms, pgbench %.1f ms"
                        .formatted(name, round, run.rounds(), answers.p50(), pgbench));
            }
            series.note("failed", failed);
        }
    }

    private static void addProposedIndexes(Run run, UmamiData data, ServiceRun query) throws Exception {
        new JsonObject(QueryUnderTest.ask(HttpClient.newHttpClient(), query, "/v1/source"))
                .getJsonArray("indexes").stream()
                        .map(JsonObject.class::cast)
                        .filter(index -> !index.getBoolean("present"))
                        .forEach(index -> run.postgres().execute(data.name(), index.getString("statement")));
        run.postgres().execute(data.name(), "ANALYZE");
    }
}
