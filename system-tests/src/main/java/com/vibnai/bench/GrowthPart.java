package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import java.util.List;

/** The same users' trail and funnel while Umami grows around them. */
final class GrowthPart implements Part {

    private static final String ATTRIBUTION = "bench_growth_links";
    private static final int CONNECTIONS = 4;
    private static final double GOAL = 1.3;
    private static final List<String> CALLS = List.of("/trail", "/funnel");

    @Override
    public void run(Run run) throws Exception {
        run.postgres().execute("postgres", "CREATE DATABASE " + ATTRIBUTION);
        UmamiData data = UmamiData.create(run);
        long small = run.growth().get(0);
        try (ServiceRun attribution = AttributionUnderTest.start(run, run.jdk(), ATTRIBUTION)) {
            attribution.awaitReady();
            List<String> users = data.fill(small, attribution, ATTRIBUTION);
            try (ServiceRun query = QueryPart.start(run, data, attribution)) {
                query.awaitReady();
                for (String call : CALLS) {
                    WarmUp.run(run, query, QueryUnderTest.load(users, call), CONNECTIONS, run.warmUpSeconds());
                }
                double[][] before = latencies(run, query, users);
                for (int size = 1; size < run.growth().size(); size++) {
                    long large = run.growth().get(size);
                    data.grow(large - run.growth().get(size - 1), 1L + size);
                    compare(run, before, latencies(run, query, users), small, large);
                }
            }
        }
    }

    private static double[][] latencies(Run run, ServiceRun query, List<String> users) {
        double[][] found = new double[CALLS.size()][run.rounds()];
        for (int call = 0; call < CALLS.size(); call++) {
            String script = QueryUnderTest.load(users, CALLS.get(call));
            Wrk.run(run.work(), query.url(), script, CONNECTIONS, run.seconds());
            for (int round = 0; round < run.rounds(); round++) {
                found[call][round] = Wrk.run(run.work(), query.url(), script, CONNECTIONS, run.seconds())
                        .p50();
            }
        }
        return found;
    }

    private static void compare(Run run, double[][] before, double[][] after, long small, long large) {
        for (int call = 0; call < CALLS.size(); call++) {
            Series series = run.results()
                    .add(new Series(
                            "%s, p50 at %,d events".formatted(CALLS.get(call).substring(1), large),
                            "ms",
                            "p50 at %,d events".formatted(small),
                            GOAL,
                            false));
            for (int round = 0; round < run.rounds(); round++) {
                series.add(after[call][round], before[call][round]);
            }
            run.say("growth: %s from %,d to %,d events: %.2f ×"
                    .formatted(CALLS.get(call).substring(1), small, large, series.median()));
        }
    }
}
