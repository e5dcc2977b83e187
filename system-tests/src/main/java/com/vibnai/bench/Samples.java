package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/**
 * The rows that attribution-service made of one signup with a link.
 *
 * @param signup its row of {@code attributions}
 * @param link its row of {@code identity_links}
 */
record Samples(StoredRow signup, StoredRow link) {

    private static final String USER = "sample";

    static Samples send(Run run, ServiceRun service, String database) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/v1/attributions"))
                .header("Authorization", "Bearer " + AttributionUnderTest.KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        SignupLoad.body(USER, UUID.randomUUID().toString())))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new StageFailure("A signup was answered with " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new StageFailure("A signup was not answered: " + e.getMessage() + ".");
        }
        return new Samples(
                StoredRow.read(run.postgres(), database, "attributions", USER),
                StoredRow.read(run.postgres(), database, "identity_links", USER));
    }
}
