package com.vibnai.bench;

import com.vibnai.stage.FreePort;
import com.vibnai.stage.ServiceRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Signups a second, acknowledged after commit, against PostgreSQL alone and against a bare endpoint. */
final class IngestPart implements Part {

    private static final String DATABASE = "bench_ingest";
    private static final int[] CONNECTIONS = {32, 64, 128, 256};
    private static final int KNOWN = 20_000;
    private static final double P99_BOUND_MS = 50;

    @Override
    public void run(Run run) throws Exception {
        run.postgres().execute("postgres", "CREATE DATABASE " + DATABASE);
        try (ServiceRun service = AttributionUnderTest.start(run, run.jdk(), DATABASE)) {
            service.awaitReady();
            Samples samples = Samples.send(run, service, DATABASE);
            StoredRow row = samples.signup();
            StoredRow link = samples.link();
            int port = FreePort.find();
            try (ServiceRun plain = ServiceRun.own(
                    run.work(),
                    "plain-endpoint",
                    run.jdk(),
                    PlainEndpoint.class,
                    port,
                    Map.of(
                            "PLAIN_PORT", Integer.toString(port),
                            "PLAIN_DB_URL", run.postgres().url(DATABASE),
                            "PLAIN_INSERT", plainInsert(row)))) {
                plain.awaitReady();
                int connections = warmUp(run, service, plain);
                double peak = signups(run, service, plain, row, connections);
                linked(run, service, row, link, connections);
                repeated(run, service, row, connections);
                steady(run, service, peak / 2);
                Profile.record(run, service, "ingest", () -> {
                    clear(run);
                    Wrk.run(run.work(), service.url(), SignupLoad.distinct(true), connections, Profile.seconds(run));
                });
            }
        }
    }

    /** The connection count that is fastest; the tries warm the service up. */
    private static int warmUp(Run run, ServiceRun service, ServiceRun plain) throws InterruptedException {
        run.say("ingest: warming up, looking for the best number of connections");
        int best = CONNECTIONS[0];
        double most = 0;
        WarmUp.run(run, service, SignupLoad.distinct(true), 64, run.warmUpSeconds() / 3);
        WarmUp.run(run, service, SignupLoad.distinct(false), 64, run.warmUpSeconds());
        WarmUp.run(run, plain, SignupLoad.distinct(false), 64, run.warmUpSeconds());
        for (int connections : CONNECTIONS) {
            clear(run);
            double rate = Wrk.run(run.work(), service.url(), SignupLoad.distinct(false), connections, run.trySeconds())
                    .perSecond();
            if (rate > most) {
                most = rate;
                best = connections;
            }
        }
        return best;
    }

    /** The peak, which is the figure of the table: the median of the rounds. */
    private static double signups(Run run, ServiceRun service, ServiceRun plain, StoredRow row, int connections) {
        List<String> scripts = List.of(row.insert(Map.of("user_id", newUser())) + ";");
        int clients = Pgbench.bestClients(run, DATABASE, scripts);
        Series toPgbench =
                run.results().add(new Series("signup", "requests/s", "pgbench: the same row, one by one", 1.3, true));
        Series toPlain = run.results()
                .add(new Series("signup", "requests/s", "bare endpoint, one insert a request", null, true));
        toPgbench.note("wrk_connections", connections).note("pgbench_clients", clients);
        long failed = 0;
        for (int round = 1; round <= run.rounds(); round++) {
            clear(run);
            Wrk.Load load = Wrk.run(run.work(), service.url(), SignupLoad.distinct(false), connections, run.seconds());
            clear(run);
            double pgbench = Pgbench.run(run, DATABASE, scripts, clients, run.seconds());
            clear(run);
            Wrk.Load bare = Wrk.run(run.work(), plain.url(), SignupLoad.distinct(false), connections, run.seconds());
            failed += load.failed() + bare.failed();
            toPgbench.add(load.perSecond(), pgbench);
            toPlain.add(load.perSecond(), bare.perSecond());
            run.say("ingest: signup %d/%d: service %,.0f/s, pgbench %,.0f/s, bare endpoint %,.0f/s"
                    .formatted(round, run.rounds(), load.perSecond(), pgbench, bare.perSecond()));
        }
        toPgbench.note("failed", failed);
        return toPgbench.medianValue();
    }

    private static void linked(Run run, ServiceRun service, StoredRow row, StoredRow link, int connections) {
        String script = "WITH signup AS (" + row.insert(Map.of("user_id", newUser())) + " RETURNING user_id) "
                + link.insertMany(
                        Map.of(
                                "link_id", "gen_random_uuid()",
                                "user_id", "user_id",
                                "session_id", "gen_random_uuid()"),
                        "signup")
                + ";";
        int clients = Pgbench.bestClients(run, DATABASE, List.of(script));
        Series series = run.results()
                .add(new Series(
                        "signup with link", "requests/s", "pgbench: the same two rows, one statement", 1.3, true));
        series.note("wrk_connections", connections).note("pgbench_clients", clients);
        long failed = 0;
        for (int round = 1; round <= run.rounds(); round++) {
            clear(run);
            Wrk.Load load = Wrk.run(run.work(), service.url(), SignupLoad.distinct(true), connections, run.seconds());
            clear(run);
            double pgbench = Pgbench.run(run, DATABASE, List.of(script), clients, run.seconds());
            failed += load.failed();
            series.add(load.perSecond(), pgbench);
            run.say("ingest: signup with link %d/%d: service %,.0f/s, pgbench %,.0f/s"
                    .formatted(round, run.rounds(), load.perSecond(), pgbench));
        }
        series.note("failed", failed);
    }

    private static void repeated(Run run, ServiceRun service, StoredRow row, int connections) {
        clear(run);
        run.postgres()
                .execute(
                        DATABASE,
                        row.insertMany(
                                        Map.of("user_id", "'known-' || lpad(number::text, 23, '0')"),
                                        "generate_series(1, " + KNOWN + ") AS number")
                                + "; ANALYZE attributions");
        List<String> scripts = List.of("\\set number random(1, " + KNOWN + ")\n"
                + "SELECT * FROM attributions WHERE user_id = 'known-' || lpad(:number::text, 23, '0');");
        int clients = Pgbench.bestClients(run, DATABASE, scripts);
        Series series = run.results()
                .add(new Series("repeated signup", "requests/s", "pgbench: SELECT of the stored row", null, true));
        series.note("wrk_connections", connections).note("pgbench_clients", clients);
        long failed = 0;
        for (int round = 1; round <= run.rounds(); round++) {
            Wrk.Load load = Wrk.run(run.work(), service.url(), SignupLoad.known(KNOWN), connections, run.seconds());
            double pgbench = Pgbench.run(run, DATABASE, scripts, clients, run.seconds());
            failed += load.failed();
            series.add(load.perSecond(), pgbench);
            run.say("ingest: repeated signup %d/%d: service %,.0f/s, pgbench SELECT %,.0f/s"
                    .formatted(round, run.rounds(), load.perSecond(), pgbench));
        }
        series.note("failed", failed);
    }

    private static void steady(Run run, ServiceRun service, double rate) throws InterruptedException {
        Series series = run.results()
                .add(new Series(
                        "p99 of signup at half of the peak",
                        "ms",
                        "the bound of " + (int) P99_BOUND_MS + " ms",
                        1.0,
                        false));
        series.note("requests_per_second", Math.round(rate));
        long failed = 0;
        try (SteadyLoad load = new SteadyLoad(service.port())) {
            clear(run);
            warmUp(run, service, load, rate);
            for (int round = 1; round <= run.rounds(); round++) {
                SteadyLoad.Latencies latencies = load.run(rate, run.seconds());
                failed += latencies.failed();
                series.add(latencies.percentile(99), P99_BOUND_MS);
                run.say("ingest: %,.0f signups/s, %d/%d: p50 %.1f ms, p99 %.1f ms, %d failed"
                        .formatted(
                                rate,
                                round,
                                run.rounds(),
                                latencies.percentile(50),
                                latencies.percentile(99),
                                latencies.failed()));
            }
        }
        series.note("failed", failed);
    }

    /** Until it gets no better: other code runs than under full load, and the load's own is as cold. */
    private static void warmUp(Run run, ServiceRun service, SteadyLoad load, double rate) throws InterruptedException {
        double best = Double.POSITIVE_INFINITY;
        int withoutGain = 0;
        for (int seconds = 0; withoutGain < 2 && seconds < run.warmUpSeconds(); seconds += run.seconds()) {
            double p99 = load.run(rate, run.seconds()).percentile(99);
            service.awaitCompiled(Duration.ofSeconds(10));
            withoutGain = p99 < best ? 0 : withoutGain + 1;
            best = Math.min(best, p99);
        }
    }

    private static String newUser() {
        return "'user-' || gen_random_uuid()";
    }

    private static String plainInsert(StoredRow row) {
        return row.insert(Map.of(
                "user_id", "$1",
                "utm_source", "$2",
                "utm_medium", "$3",
                "utm_campaign", "$4",
                "referrer", "$5",
                "landing_page", "$6"));
    }

    private static void clear(Run run) {
        run.postgres().execute(DATABASE, "TRUNCATE attributions, identity_links CASCADE; CHECKPOINT");
    }
}
