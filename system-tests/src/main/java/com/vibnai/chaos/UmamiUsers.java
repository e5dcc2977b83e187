package com.vibnai.chaos;

import com.vibnai.bench.AttributionUnderTest;
import com.vibnai.stage.PostgresServer;
import com.vibnai.stage.StageFailure;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.generator.Generated;
import com.vibnai.testkit.generator.Generator;
import com.vibnai.testkit.generator.GeneratorSettings;
import com.vibnai.testkit.generator.Progress;
import com.vibnai.testkit.umami.UmamiSchema;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Users with a history in Umami. */
public final class UmamiUsers {

    private static final long EVENTS = 20_000;
    private static final int USERS = 50;

    private final TestDatabase database;
    private final List<Generated.User> users;

    private UmamiUsers(TestDatabase database, List<Generated.User> users) {
        this.database = database;
        this.users = users;
    }

    /** Generates them in a database of {@code server}. */
    public static UmamiUsers create(PostgresServer server) throws SQLException {
        System.setProperty(TestPostgres.URL_PROPERTY, server.jdbcUrl("postgres"));
        TestDatabase database = TestPostgres.shared().createDatabase("umami");
        UmamiSchema.V3_1.create(database);
        GeneratorSettings settings = GeneratorSettings.of(EVENTS, Instant.parse("2026-06-01T00:00:00Z"), 1);
        Generated made =
                new Generator(database::connect, settings).generate(link -> {}, new Progress(EVENTS, line -> {}));
        return new UmamiUsers(database, made.sample().stream().limit(USERS).toList());
    }

    /** Name of Umami's database. */
    public String database() {
        return database.jdbcUrl().replaceAll("^.*/([^/?]+)\\?.*$", "$1");
    }

    /** Their ids. */
    public List<String> ids() {
        return users.stream().map(Generated.User::userId).toList();
    }

    /** Tells attribution-service whose sessions they are. */
    public void link(String attribution) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (Generated.User user : users) {
            for (Generated.Link link : user.links()) {
                String body = new JsonObject()
                        .put("user_id", link.userId())
                        .put("website_id", link.websiteId().toString())
                        .put("session_id", link.sessionId().toString())
                        .put("kind", link.kind())
                        .put("from", link.from().toString())
                        .put("occurred_at", link.occurredAt().toString())
                        .encode();
                HttpRequest request = HttpRequest.newBuilder(URI.create(attribution + "/v1/identity-links"))
                        .header("Authorization", "Bearer " + AttributionUnderTest.KEY)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                try {
                    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() >= 300) {
                        throw new StageFailure(
                                "A link was answered with " + answer.statusCode() + ": " + answer.body());
                    }
                } catch (IOException e) {
                    throw new StageFailure("A link was not answered: " + e.getMessage() + ".");
                }
            }
        }
    }
}
