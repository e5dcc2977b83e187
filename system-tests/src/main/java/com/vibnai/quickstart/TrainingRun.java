package com.vibnai.quickstart;

import com.vibnai.stage.Shell;
import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs the packaged services as the quickstart does, lets them work, and ends them, so that each JVM writes an AOT cache of
 * what it loaded and how it was used. Part of the images' build; the argument is the folder of the services.
 */
public final class TrainingRun {

    private static final List<String> SERVICES = List.of("attribution-service", "umami-query-service", "tracker-web");
    private static final int ROUNDS = 300;
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> values;

    private TrainingRun(Map<String, String> values) {
        this.values = values;
    }

    /** Ends with 1 if a service did not write its cache, or cannot use it in the smallest container. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.setProperty("vertx.disableFileCPResolving", "false");
        InImage packaging = new InImage(Path.of(arguments[0]));
        Path logs = Files.createTempDirectory("training-");
        try (Stack stack = new Stack(packaging, logs, Ports.from(0), line -> System.out.println(line))) {
            new TrainingRun(stack.start(true)).work();
        }
        for (String service : SERVICES) {
            if (!Files.isRegularFile(packaging.cache(service))) {
                System.err.println(service + " wrote no AOT cache:");
                System.err.println(Files.readString(logs.resolve(service + ".log")));
                System.exit(1);
            }
            try {
                Shell.run(STARTS_WITHIN, packaging.withCache(service));
            } catch (StageFailure e) {
                System.err.println(service + " cannot use its AOT cache: " + e.getMessage());
                System.exit(1);
            }
        }
        System.exit(0);
    }

    /** Each kind of call, often enough that the JVM has compiled what is hot. The demo users have signed up already. */
    private void work() throws IOException, InterruptedException {
        String user = values.get("ATTRIBUTION_URL") + "/v1/attributions/ada-lovelace";
        String history = values.get("UMAMI_QUERY_URL") + "/v1/users/ada-lovelace/";
        for (int round = 0; round < ROUNDS; round++) {
            signUp("trained-" + round / 2);
            get(user);
            get(values.get("ATTRIBUTION_URL") + "/v1/attributions?limit=20");
            for (String call : List.of("profile", "funnel", "trail", "sessions")) {
                get(history + call);
            }
            get(values.get("TRACKER_URL") + "/tracker.js");
            get(values.get("TRACKER_URL") + "/");
        }
    }

    private void signUp(String user) throws IOException, InterruptedException {
        String body = """
                {"user_id": "%s", "utm_source": "google", "utm_medium": "cpc", "landing_page": "https://example.com/",
                 "first_seen_at": "2026-01-01T00:00:00Z",
                 "umami": {"website_id": "%s", "session_id": "4d801085-375f-52d9-8443-058ca5b7d8a2"}}
                """.formatted(user, values.get("UMAMI_WEBSITE_ID"));
        send(request(values.get("ATTRIBUTION_URL") + "/v1/attributions", "SERVER_KEY")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private void get(String url) throws IOException, InterruptedException {
        send(request(url, "READ_KEY"));
    }

    private HttpRequest.Builder request(String url, String key) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + values.get(key))
                .timeout(Duration.ofSeconds(30));
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        // 429: so many calls of one key are more than the rate limit lets through.
        if (answer.statusCode() >= 400 && answer.statusCode() != 429) {
            throw new StartFailure("Training met " + answer.statusCode() + ": " + answer.body());
        }
    }
}
