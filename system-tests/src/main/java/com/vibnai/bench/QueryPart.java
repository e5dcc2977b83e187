package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import com.vibnai.stage.StageFailure;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads a second of random linked users, against pgbench running the SQL that the service runs for the same users. */
final class QueryPart implements Part {

    private static final String ATTRIBUTION = "bench_query_links";
    private static final String EVENTS = "FROM website_event";
    private static final int[] CONNECTIONS = {4, 16, 64};

    @Override
    public void run(Run run) throws Exception {
        run.postgres().execute("postgres", "CREATE DATABASE " + ATTRIBUTION);
        UmamiData data = UmamiData.create(run);
        try (ServiceRun attribution = AttributionUnderTest.start(run, run.jdk(), ATTRIBUTION)) {
            attribution.awaitReady();
            List<String> users = data.fill(run.events(), attribution, ATTRIBUTION);
            List<String> trails = capture(run, data, attribution, users, "/trail", EVENTS);
            List<String> funnels = capture(run, data, attribution, users, "/funnel", EVENTS);
            List<String> both = new ArrayList<>();
            for (int i = 0; i < users.size(); i++) {
                both.add(funnels.get(i) + "\n" + trails.get(i));
            }
            try (ServiceRun query = start(run, data, attribution)) {
                query.awaitReady();
                run.say("query: warming up");
                WarmUp.run(run, query, QueryUnderTest.load(users, "/profile"), 16, run.warmUpSeconds());
                WarmUp.run(run, query, QueryUnderTest.load(users, "/trail"), 16, run.warmUpSeconds());
                measure(run, data, query, users, "/trail", trails, 0.5);
                measure(run, data, query, users, "/funnel", funnels, null);
                measure(run, data, query, users, "/profile", both, null);
                String trail = QueryUnderTest.load(users, "/trail");
                Profile.record(
                        run, query, "trail", () -> Wrk.run(run.work(), query.url(), trail, 16, Profile.seconds(run)));
            }
        }
    }

    static ServiceRun start(Run run, UmamiData data, ServiceRun attribution) {
        return ServiceRun.packaged(
                run.root(),
                run.work(),
                "umami-query-service",
                run.jdk(),
                QueryUnderTest.environment(run.postgres(), data.name(), attribution.port()));
    }

    /** For each user the statements of a call that have {@code part} in them, seen in PostgreSQL's log. */
    static List<String> capture(
            Run run, UmamiData data, ServiceRun attribution, List<String> users, String call, String part)
            throws Exception {
        int before = CapturedSql.statements(run.postgres(), data.name(), part).size();
        CapturedSql.logEverything(run.postgres(), data.name(), true);
        try (ServiceRun query = start(run, data, attribution)) {
            query.awaitReady();
            HttpClient client = HttpClient.newHttpClient();
            for (String user : users) {
                QueryUnderTest.ask(client, query, "/v1/users/" + user + call);
            }
        } finally {
            CapturedSql.logEverything(run.postgres(), data.name(), false);
        }
        List<String> all = CapturedSql.statements(run.postgres(), data.name(), part);
        List<String> mine = all.subList(before, all.size());
        int each = mine.size() / users.size();
        if (each == 0 || mine.size() != each * users.size()) {
            throw new StageFailure(
                    "For " + users.size() + " calls of " + call + " PostgreSQL logged " + mine.size() + " statements.");
        }
        return IntStream.range(0, users.size())
                .mapToObj(user -> String.join("\n", mine.subList(user * each, (user + 1) * each)))
                .toList();
    }

    private static void measure(
            Run run,
            UmamiData data,
            ServiceRun query,
            List<String> users,
            String call,
            List<String> scripts,
            @Nullable Double goal) {
        String script = QueryUnderTest.load(users, call);
        int connections = CONNECTIONS[0];
        double most = 0;
        for (int tried : CONNECTIONS) {
            double rate = Wrk.run(run.work(), query.url(), script, tried, run.trySeconds())
                    .perSecond();
            if (rate > most) {
                most = rate;
                connections = tried;
            }
        }
        int clients = Pgbench.bestClients(run, data.name(), scripts);
        Series series =
                run.results().add(new Series(call.substring(1), "requests/s", "pgbench: the same SQL", goal, true));
        series.note("wrk_connections", connections)
                .note("pgbench_clients", clients)
                .note("events", run.events());
        long failed = 0;
        for (int round = 1; round <= run.rounds(); round++) {
            Wrk.Load load = Wrk.run(run.work(), query.url(), script, connections, run.seconds());
            double pgbench = Pgbench.run(run, data.name(), scripts, clients, run.seconds());
            failed += load.failed();
            series.add(load.perSecond(), pgbench);
            run.say("query: %s %d/%d: service %,.0f/s, pgbench %,.0f/s"
                    .formatted(call.substring(1), round, run.rounds(), load.perSecond(), pgbench));
        }
        series.note("failed", failed);
    }
}
