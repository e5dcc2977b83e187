package com.vibnai.umami.outage;

import static com.vibnai.umami.Api.reader;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.vibnai.umami.Api;
import com.vibnai.umami.UmamiStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Umami's PostgreSQL stopped, hanging and slow: a problem in time, everything else goes on, and back without a restart. */
@QuarkusTest
@QuarkusTestResource(value = OutageStack.class, restrictToAnnotatedClass = true)
class OutageTest {

    private static final UUID WEBSITE = UUID.randomUUID();
    private static final UUID SESSION = UUID.randomUUID();
    private static final UUID SLOW_SESSION = UUID.randomUUID();
    private static final String USER = Api.newUser();
    private static final String SLOW_USER = Api.newUser();
    private static boolean filled;

    @TestHTTPResource(value = "/health/live", management = true)
    URI live;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    @BeforeEach
    void fill() throws IOException {
        if (filled) {
            return;
        }
        for (String generation : List.of("v2_13", "v2_18", "v3_1", "v3_3")) {
            try (InputStream script = getClass().getResourceAsStream("/umami/schema/" + generation + ".sql")) {
                OutageStack.umami()
                        .execute(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        for (UUID session : List.of(SESSION, SLOW_SESSION)) {
            OutageStack.umami()
                    .execute("INSERT INTO website_event (event_id, website_id, session_id, visit_id, url_path) VALUES"
                            + " (gen_random_uuid(), '" + WEBSITE + "', '" + session + "', gen_random_uuid(), '/x')");
        }
        UmamiStack.attribution().segment(USER, WEBSITE, SESSION, null, null, false);
        UmamiStack.attribution().segment(SLOW_USER, WEBSITE, SLOW_SESSION, null, null, false);
        filled = true;
        awaitAnswer();
    }

    @AfterEach
    void everythingIsWellAgain() {
        awaitAnswer();
        given().get(ready).then().statusCode(200);
    }

    @Test
    void saysSoWhenUmamisDatabaseIsGoneAndGoesOnWhenItIsBack() {
        OutageStack.umami().stop();
        try {
            isAProblem(Api.get(USER, "profile").extract().response());
            theRestGoesOn();
        } finally {
            OutageStack.umami().start();
        }

        awaitAnswer();
    }

    @Test
    void saysSoWhenUmamisDatabaseHangsAndGoesOnWhenItRuns() throws Exception {
        OutageStack.umami().freeze();
        try {
            // More than there are connections: those that wait for one get their answer as well.
            for (Response answer : atOnce(24)) {
                isAProblem(answer);
            }
            theRestGoesOn();
        } finally {
            OutageStack.umami().thaw();
        }

        awaitAnswer();
    }

    @Test
    void answersOtherUsersWhileOnesEventsAreSlow() {
        OutageStack.umami().execute("""
                ALTER TABLE website_event RENAME TO website_event_table;
                CREATE VIEW website_event AS SELECT * FROM website_event_table
                WHERE CASE WHEN session_id = '%s' THEN pg_sleep(60) IS NOT NULL ELSE true END
                """.formatted(SLOW_SESSION));
        try {
            CompletableFuture<Response> slow = CompletableFuture.supplyAsync(
                    () -> Api.get(SLOW_USER, "trail").extract().response());
            int answered = 0;
            do {
                Api.get(USER, "trail").statusCode(200).body("items[0].url_path", equalTo("/x"));
                answered++;
            } while (!slow.isDone());

            isAProblem(slow.join());
            assertThat(answered).isPositive();
        } finally {
            OutageStack.umami()
                    .execute("DROP VIEW website_event; ALTER TABLE website_event_table RENAME TO website_event");
        }
    }

    @Test
    void namesWhatAnUpgradeTookAwayAndIsNotReadyWithoutIt() {
        OutageStack.umami().execute("ALTER TABLE website_event RENAME COLUMN url_path TO path_of_url");
        try {
            Response answer = Api.get(USER, "funnel").extract().response();
            isAProblem(answer);
            assertThat(answer.<String>path("detail")).contains("website_event.url_path");
            given().get(ready)
                    .then()
                    .statusCode(503)
                    .body("checks.find { it.name == 'umami' }.data.reason", containsString("website_event.url_path"));
            given().get(live).then().statusCode(200);
        } finally {
            OutageStack.umami().execute("ALTER TABLE website_event RENAME COLUMN path_of_url TO url_path");
        }
    }

    @Test
    void tellsPostgresqlWhoItIs() {
        Api.get(USER, "funnel").statusCode(200);

        OutageStack.umami().execute("""
                DO $$ BEGIN
                    IF NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'umami-query-service') THEN
                        RAISE EXCEPTION 'nobody by that name';
                    END IF;
                END $$
                """);
    }

    private void theRestGoesOn() {
        given().get(live).then().statusCode(200);
        given().get(ready).then().statusCode(200);
        reader().get("/v1/source").then().statusCode(200).body("source", equalTo("database"));
        reader().queryParam("limit", "x")
                .get("/v1/users/{id}/trail", USER)
                .then()
                .statusCode(400);
        given().get("/v1/users/x/trail").then().statusCode(401);
    }

    private static void isAProblem(Response answer) {
        answer.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:vibn:problem:unavailable"));
    }

    private static List<Response> atOnce(int requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(requests);
        try {
            List<CompletableFuture<Response>> all = IntStream.range(0, requests)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> Api.get(USER, "funnel").extract().response(), threads))
                    .toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get(180, TimeUnit.SECONDS);
            return all.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitAnswer() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        int status;
        do {
            status = Api.get(USER, "funnel").extract().statusCode();
        } while (status != 200 && System.nanoTime() < end);
        assertThat(status).isEqualTo(200);
    }
}
