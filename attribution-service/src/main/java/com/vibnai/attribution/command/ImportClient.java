package com.vibnai.attribution.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends batches of signups, again and again where the service says that it is only busy. */
final class ImportClient {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int TRIES = 8;
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;
    private final String key;

    ImportClient(String url, String key) {
        this.address = URI.create(url.replaceAll("/+$", "") + "/v1/attributions/batch");
        this.key = key;
    }

    /**
     * What became of one entry.
     *
     * @param status as a single call would have answered
     * @param reason of a refusal
     */
    record Result(int status, String reason) {

        boolean isBusy() {
            return status == 429 || status >= 500;
        }
    }

    /** Sends the entries; answers, in order, what became of each. No result is busy. */
    List<Result> send(List<ObjectNode> entries) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            results.add(new Result(503, ""));
            open.add(i);
        }
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            List<ObjectNode> sent = open.stream().map(entries::get).toList();
            List<Result> answers = sendOnce(sent, attempt);
            List<Integer> busy = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                results.set(open.get(i), answers.get(i));
                if (answers.get(i).isBusy()) {
                    busy.add(open.get(i));
                }
            }
            open = busy;
            if (!open.isEmpty()) {
                pause(attempt, "the service is busy");
            }
        }
        return results;
    }

    private List<Result> sendOnce(List<ObjectNode> entries, int firstAttempt) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(entries)))
                .build();
        for (int attempt = firstAttempt; ; attempt++) {
            try {
                HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() / 100 == 2) {
                    return results(response.body(), entries.size());
                }
                if (!new Result(response.statusCode(), "").isBusy()) {
                    throw new ImportFailed("The service answers " + response.statusCode() + ": "
                            + reason(json.readTree(response.body())));
                }
                pause(attempt, "the service answers " + response.statusCode());
            } catch (IOException e) {
                pause(attempt, "the service does not answer");
            }
        }
    }

    private List<Result> results(byte[] body, int expected) throws IOException {
        List<Result> results = new ArrayList<>();
        for (JsonNode item : json.readTree(body).path("items")) {
            results.add(new Result(item.path("status").asInt(), reason(item)));
        }
        if (results.size() != expected) {
            throw new ImportFailed("The service answers for " + results.size() + " of " + expected + " rows.");
        }
        return results;
    }

    private static String reason(JsonNode answer) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode error : answer.path("errors")) {
            reasons.add(
                    (error.path("field").asText() + " " + error.path("message").asText()).strip());
        }
        return reasons.isEmpty() ? answer.path("detail").asText() : String.join("; ", reasons);
    }

    private static void pause(int attempt, String why) throws InterruptedException {
        if (attempt >= TRIES) {
            throw new ImportFailed("Given up after " + TRIES + " tries: " + why + ".");
        }
        Thread.sleep(1000 * Math.min(1L << (attempt - 1), LONGEST_WAIT_SECONDS));
    }
}
