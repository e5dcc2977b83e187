package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import com.vibnai.stage.Shell;
import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Answers that do not end soon: an export beside PostgreSQL's own, and live streams, many beside few. */
final class StreamsPart implements Part {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String EXPORT = "bench_export";
    private static final String LIVE = "bench_live_links";
    /** Fewer are through before anybody has looked. */
    private static final long LEAST_RECORDS = 200_000;

    private static final long LIVE_EVENTS = 300_000;
    private static final int FEW = 10;
    private static final int MANY = 1000;
    /** Events of one user, so that few and many listeners hear equally busy users. */
    private static final double EVENTS_PER_USER_AND_SECOND = 1;

    private static final Duration COPY_WITHIN = Duration.ofMinutes(5);
    private static final double MEMORY_GOAL = 1.5;

    @Override
    public void run(Run run) throws Exception {
        export(run);
        live(run);
    }

    private static void export(Run run) throws Exception {
        run.postgres().execute("postgres", "CREATE DATABASE " + EXPORT);
        AttributionUnderTest.createTables(run, run.jdk(), EXPORT);
        long records = Math.max(LEAST_RECORDS, run.records() / 5);
        ReportsPart.fill(run, EXPORT, records);
        // Days are counted in the background, which is not what is measured.
        run.postgres().execute(EXPORT, "TRUNCATE acquisition_marks");
        try (ServiceRun service = AttributionUnderTest.start(run, run.jdk(), EXPORT)) {
            service.awaitReady();
            for (String form : List.of("application/x-ndjson", "text/csv")) {
                seconds(service, form, records);
                Series speed = run.results()
                        .add(new Series("export, " + form, "records/s", "psql's \\copy to /dev/null", null, true))
                        .note("records", records);
                Series flat = run.results()
                        .add(new Series(
                                "live heap late in an export, " + form, "MB", "early in it", MEMORY_GOAL, false))
                        .note("records", records);
                Series cost = run.results()
                        .add(new Series("live heap late in an export, " + form, "MB", "before it", null, false))
                        .note("records", records);
                for (int round = 1; round <= run.rounds(); round++) {
                    double copied = copySeconds(run, records);
                    double exported = seconds(service, form, records);
                    speed.add(records / exported, records / copied);
                    double before = service.liveHeap() / 1024.0;
                    double[] heap = heapWhileExporting(service, form, exported);
                    flat.add(heap[1], heap[0]);
                    cost.add(heap[1], before);
                    run.say("streams: export as %s %d/%d: %,.0f records/s, COPY %,.0f records/s"
                            .formatted(form, round, run.rounds(), records / exported, records / copied));
                }
            }
        }
    }

    private static double seconds(ServiceRun service, String form, long records) throws Exception {
        long begun = System.nanoTime();
        HttpResponse<InputStream> answer = HTTP.send(request(service, form), HttpResponse.BodyHandlers.ofInputStream());
        long lines = lines(answer);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (lines < records) {
            throw new StageFailure("Of " + records + " records an export has " + lines + ".");
        }
        return seconds;
    }

    /** In MB, when a tenth of an export is through, and when four fifths are. */
    private static double[] heapWhileExporting(ServiceRun service, String form, double exportSeconds) throws Exception {
        CompletableFuture<Long> lines = HTTP.sendAsync(
                        request(service, form), HttpResponse.BodyHandlers.ofInputStream())
                .thenApply(StreamsPart::lines);
        Thread.sleep((long) (exportSeconds * 100));
        double early = service.liveHeap() / 1024.0;
        Thread.sleep((long) (exportSeconds * 700));
        if (lines.isDone()) {
            throw new StageFailure("The export was over before its memory was looked at; take more --records.");
        }
        double late = service.liveHeap() / 1024.0;
        lines.join();
        return new double[] {early, late};
    }

    private static HttpRequest request(ServiceRun service, String form) {
        return HttpRequest.newBuilder(URI.create(service.url() + "/v1/attributions"))
                .header("Authorization", "Bearer " + AttributionUnderTest.KEY)
                .header("Accept", form)
                .build();
    }

    private static long lines(HttpResponse<InputStream> answer) {
        if (answer.statusCode() != 200) {
            throw new StageFailure("An export was answered with " + answer.statusCode() + ".");
        }
        byte[] block = new byte[1 << 16];
        long lines = 0;
        try (InputStream body = answer.body()) {
            for (int read = body.read(block); read >= 0; read = body.read(block)) {
                for (int i = 0; i < read; i++) {
                    lines += block[i] == '\n' ? 1 : 0;
                }
            }
        } catch (IOException e) {
            throw new StageFailure("An export broke off after " + lines + " lines: " + e.getMessage() + ".");
        }
        return lines;
    }

    private static double copySeconds(Run run, long records) {
        long begun = System.nanoTime();
        String copied = Shell.run(
                        COPY_WITHIN,
                        "psql",
                        "--no-psqlrc",
                        "--dbname",
                        run.postgres().url(EXPORT),
                        "--command",
                        "\\copy attributions to /dev/null csv")
                .strip();
        if (!copied.equals("COPY " + records)) {
            throw new StageFailure("Of " + records + " records psql says: " + copied + ".");
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void live(Run run) throws Exception {
        run.postgres().execute("postgres", "CREATE DATABASE " + LIVE);
        UmamiData data = UmamiData.create(run);
        try (ServiceRun attribution = AttributionUnderTest.start(run, run.jdk(), LIVE)) {
            attribution.awaitReady();
            List<String> users = data.fill(Math.min(run.events(), LIVE_EVENTS), attribution, LIVE);
            Map<String, String> environment =
                    new HashMap<>(QueryUnderTest.environment(run.postgres(), data.name(), attribution.port()));
            environment.put("UMAMI_LIVE_STREAMS_PER_KEY", Integer.toString(MANY));
            try (ServiceRun query =
                            ServiceRun.packaged(run.root(), run.work(), "umami-query-service", run.jdk(), environment);
                    Visits visits = new Visits(run.postgres(), data.name(), LIVE, users)) {
                query.awaitReady();
                listen(run, query, visits);
            }
        }
    }

    private static void listen(Run run, ServiceRun query, Visits visits) throws Exception {
        Series half = run.results()
                .add(new Series(
                        "live: event to listener, p50, " + MANY + " streams",
                        "ms",
                        "the same with " + FEW + " streams",
                        null,
                        false));
        Series slowest = run.results()
                .add(new Series(
                        "live: event to listener, p99, " + MANY + " streams",
                        "ms",
                        "the same with " + FEW + " streams",
                        null,
                        false));
        Series heap = run.results()
                .add(new Series(
                        "live heap with " + MANY + " streams, at the end of a round",
                        "MB",
                        "at its beginning",
                        MEMORY_GOAL,
                        false))
                .note("users", visits.users().size());
        for (int round = 1; round <= run.rounds(); round++) {
            Listeners.Heard few;
            try (Listeners listeners = Listeners.open(query, visits.users().subList(0, FEW), FEW)) {
                few = listeners.hear(visits, FEW * EVENTS_PER_USER_AND_SECOND, run.seconds());
            }
            try (Listeners listeners = Listeners.open(query, visits.users(), MANY)) {
                double before = query.liveHeap() / 1024.0;
                Listeners.Heard many =
                        listeners.hear(visits, visits.users().size() * EVENTS_PER_USER_AND_SECOND, run.seconds());
                heap.add(query.liveHeap() / 1024.0, before);
                half.add(many.percentile(50), few.percentile(50));
                slowest.add(many.percentile(99), few.percentile(99));
                run.say("streams: %d streams %d/%d: %,d messages, p50 %.0f ms, p99 %.0f ms; %d streams: p50 %.0f ms"
                        .formatted(
                                MANY,
                                round,
                                run.rounds(),
                                many.messages(),
                                many.percentile(50),
                                many.percentile(99),
                                FEW,
                                few.percentile(50)));
            }
        }
    }
}
