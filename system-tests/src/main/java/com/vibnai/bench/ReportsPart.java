package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import com.vibnai.stage.StageFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports of two years of signups, against a second and against the plain SQL for the same figures. */
final class ReportsPart implements Part {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String DATABASE = "bench_reports";
    private static final long CHUNK = 250_000;
    private static final int MINUTES_TO_COUNT = 15;
    private static final double BOUND_MS = 1000;

    /** 500 campaigns with three landing pages each, 200 pages that people find by themselves; few have most of the visits. */
    private static final String SIGNUPS = """
            INSERT INTO attributions (user_id, utm_source, utm_medium, utm_campaign, utm_content, utm_term, click_ids,
                referrer, landing_page, first_seen_at, direct, last_touch, channel, last_channel, trust, source, signed_up_at)
            SELECT 'user-' || number,
                CASE WHEN place < 13 THEN (ARRAY['google', 'newsletter', 'linkedin', 'partner'])[1 + place %% 4] END,
                CASE WHEN place < 13 THEN (ARRAY['cpc', 'email', 'social', 'referral'])[1 + place %% 4] END,
                CASE WHEN place < 13 THEN 'campaign-' || campaign END,
                CASE WHEN place < 7 THEN 'ad-' || place END, NULL, '{}',
                CASE WHEN place < 18 THEN 'https://www.site-' || place || '.example/' END,
                'https://www.example.com/' || CASE WHEN place < 13 THEN 'offer-' || (campaign * 7 + page %% 3) %% 150
                    ELSE page::text END,
                at - random() * interval '9 days', place >= 18,
                CASE WHEN place %% 2 = 0 THEN jsonb_build_object('utm_source', 'google', 'utm_campaign', 'brand',
                    'landing_page', 'https://www.example.com/') END,
                CASE WHEN place < 13 THEN (ARRAY['Paid Search', 'Email', 'Organic Social', 'Referral'])[1 + place %% 4]
                    WHEN place < 18 THEN 'Organic Search' ELSE 'Direct' END,
                CASE WHEN place %% 2 = 0 THEN 'Paid Search' END,
                'signed', 'browser', at
            FROM (
                SELECT number, floor(random() * 20)::integer AS place, floor(500 * power(random(), 3))::integer AS campaign,
                    floor(200 * power(random(), 2))::integer AS page,
                    timestamptz '2024-11-01Z' + random() * interval '730 days' AS at
                FROM generate_series(%d, %d) AS number) AS drawn
            """;

    private static final String CONVERSIONS = """
            INSERT INTO conversions (conversion_id, user_id, idempotency_key, name, occurred_at, value, currency,
                properties)
            SELECT gen_random_uuid(), user_id, user_id, 'purchase', signed_up_at + random() * interval '30 days',
                round((10 + random() * 90)::numeric, 2), CASE WHEN random() < 0.8 THEN 'EUR' ELSE 'USD' END,
                '{}'
            FROM attributions WHERE user_id IN (
                SELECT 'user-' || number FROM generate_series(%d, %d, 5) AS number)
            """;

    /** What the first shape answers, asked of the tables. */
    private static final String PLAIN = """
            SELECT channel, date_trunc('month', signed_up_at AT TIME ZONE 'Europe/Berlin') AS period, count(*),
                count(earned.user_id), sum(earned.conversions), sum(earned.value),
                percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM signed_up_at - first_seen_at))
            FROM attributions LEFT JOIN (
                SELECT user_id, count(*) AS conversions, sum(value) AS value FROM conversions GROUP BY user_id) AS earned
            USING (user_id)
            WHERE signed_up_at >= '2024-11-01' AND signed_up_at < '2026-11-01'
            GROUP BY 1, 2
            """;

    @Override
    public void run(Run run) throws Exception {
        run.postgres().execute("postgres", "CREATE DATABASE " + DATABASE);
        // A service that ran while the tables are filled would count half-full days.
        AttributionUnderTest.createTables(run, run.jdk(), DATABASE);
        fill(run, DATABASE, run.records());
        try (ServiceRun service = AttributionUnderTest.start(run, run.jdk(), DATABASE)) {
            service.awaitReady();
            awaitCounted(run);
            String all = "from=2024-11-01&to=2026-11-01&time_zone=Europe/Berlin";
            measure(run, service, "channels by month, two years", "interval=month&" + all, PLAIN);
            Map<String, String> shapes = new LinkedHashMap<>();
            shapes.put("channels by day, 30 days", "from=2026-10-01&to=2026-10-31&time_zone=Europe/Berlin");
            shapes.put(
                    "campaigns by week, first and last touch, a year beside the year before",
                    "by=utm_campaign&interval=week&touch=both&compare=previous&from=2025-11-01&to=2026-11-01"
                            + "&time_zone=America/New_York");
            shapes.put("landing pages by month, two years", "by=landing_page&interval=month&" + all);
            shapes.put(
                    "campaigns of one channel by month, two years",
                    "by=utm_campaign&interval=month&channel=Paid%20Search&" + all);
            for (Map.Entry<String, String> shape : shapes.entrySet()) {
                measure(run, service, shape.getKey(), shape.getValue(), null);
            }
        }
    }

    /** Stores signups of two years, and conversions of one user in five. */
    static void fill(Run run, String database, long records) {
        for (long from = 1; from <= records; from += CHUNK) {
            long until = Math.min(from + CHUNK - 1, records);
            run.postgres().execute(database, SIGNUPS.formatted(from, until));
            run.postgres().execute(database, CONVERSIONS.formatted(from, until));
            run.say("%,d of %,d signups are stored".formatted(until, records));
        }
        run.postgres().execute(database, "VACUUM ANALYZE attributions");
        run.postgres().execute(database, "VACUUM ANALYZE conversions");
    }

    private static void awaitCounted(Run run) throws InterruptedException {
        long begun = System.nanoTime();
        while (number(run, "SELECT count(*) FROM acquisition_marks") > 0) {
            if (System.nanoTime() - begun > MINUTES_TO_COUNT * 60e9) {
                throw new StageFailure("Days are not counted after " + MINUTES_TO_COUNT + " minutes.");
            }
            Thread.sleep(500);
        }
        run.say("reports: all days counted after %.0f s".formatted((System.nanoTime() - begun) / 1e9));
    }

    private static long number(Run run, String sql) {
        try (Connection connection = run.postgres().connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new StageFailure("SQL failed: " + e.getMessage() + ".");
        }
    }

    private static void measure(Run run, ServiceRun service, String name, String query, @Nullable String plain)
            throws Exception {
        // Compiled and in memory, as the second look at a report is.
        for (int i = 0; i < 5; i++) {
            milliseconds(service, query);
        }
        Series toBound = run.results()
                .add(new Series(name, "ms", "the bound of " + (int) BOUND_MS + " ms", 1.0, false))
                .note("records", run.records())
                .note("kinds_of_touches", number(run, "SELECT count(*) FROM acquisition_touches"));
        Series toPlain = plain == null
                ? null
                : run.results().add(new Series(name, "ms", "plain SQL on the tables", null, false));
        for (int round = 0; round < run.rounds(); round++) {
            double report = milliseconds(service, query);
            toBound.add(report, BOUND_MS);
            run.say("reports: %s: %.0f ms".formatted(name, report));
            if (toPlain != null) {
                long begun = System.nanoTime();
                run.postgres().execute(DATABASE, PLAIN);
                toPlain.add(report, (System.nanoTime() - begun) / 1e6);
            }
        }
    }

    private static double milliseconds(ServiceRun service, String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/v1/reports/acquisition?" + query))
                .header("Authorization", "Bearer " + AttributionUnderTest.KEY)
                .build();
        long begun = System.nanoTime();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new StageFailure("A report was answered with " + answer.statusCode() + ": " + answer.body());
        }
        return (System.nanoTime() - begun) / 1e6;
    }
}
