package com.vibnai.attribution.follower;

import static com.vibnai.attribution.Api.page;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.server;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class FollowerTest {

    private final String name = "f-" + UUID.randomUUID();

    private ValidatableResponse lease(String holder, int seconds) {
        return server().body(Map.of("holder", holder, "seconds", seconds))
                .post("/v1/followers/{name}/lease", name)
                .then();
    }

    private ValidatableResponse move(String holder, long version, String position) {
        return server().body(Map.of("holder", holder, "version", version, "position", Map.of("at", position)))
                .put("/v1/followers/{name}", name)
                .then();
    }

    private ValidatableResponse release(String holder) {
        return server().queryParam("holder", holder)
                .delete("/v1/followers/{name}/lease", name)
                .then();
    }

    private ValidatableResponse read() {
        return reader().get("/v1/followers/{name}", name).then();
    }

    private static long version(ValidatableResponse answer) {
        return answer.statusCode(200).extract().jsonPath().getLong("version");
    }

    @Test
    void isUnknownUntilSomebodyTakesItAndThenStandsNowhere() {
        read().statusCode(404).body("type", equalTo("urn:vibn:problem:not-found"));

        lease("a", 30).statusCode(200).body("position", nullValue()).body("holder", equalTo("a"));

        read().statusCode(200).body("position", nullValue()).body("version", equalTo(1));
    }

    @Test
    void movesFromVersionToVersion() {
        long version = version(lease("a", 30));

        long second = version(move("a", version, "one"));
        move("a", second, "two").statusCode(200).body("position.at", equalTo("two"));

        move("a", second, "three").statusCode(409).body("type", equalTo("urn:vibn:problem:conflict"));
        read().body("position.at", equalTo("two"));
    }

    @Test
    void letsOneReplicaHoldTheLease() {
        lease("a", 30).statusCode(200);

        lease("b", 30).statusCode(409).contentType("application/problem+json");
        lease("a", 30).statusCode(200);
        move("b", 1, "stolen").statusCode(409);
    }

    @Test
    void keepsTheVersionWhileTheHolderRenews() {
        long version = version(lease("a", 30));

        assertThat(version(lease("a", 60))).isEqualTo(version);
    }

    @Test
    void givesTheLeaseToTheNextWhenItIsReleasedAndFencesTheOldHolderOff() {
        long old = version(lease("a", 30));
        release("a").statusCode(204);

        long now = version(lease("b", 30));

        assertThat(now).isGreaterThan(old);
        move("a", old, "late").statusCode(409);
        move("a", now, "late").statusCode(409);
        move("b", now, "on").statusCode(200);
    }

    @Test
    void givesTheLeaseToTheNextWhenItHasEnded() {
        lease("a", 1).statusCode(200);

        Instant giveUp = Instant.now().plusSeconds(60);
        while (lease("b", 30).extract().statusCode() != 200) {
            assertThat(Instant.now()).isBefore(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }

        lease("a", 30).statusCode(409);
    }

    @Test
    void leavesTheLeaseAloneWhenSomebodyElseReleasesIt() {
        lease("a", 30).statusCode(200);

        release("b").statusCode(204);

        lease("b", 30).statusCode(409);
    }

    @Test
    void lotsOfReplicasGetOneLease() {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<CompletableFuture<Integer>> answers = IntStream.range(0, 32)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> lease("replica-" + i, 30).extract().statusCode(), threads))
                    .toList();

            assertThat(answers.stream().map(CompletableFuture::join).filter(status -> status == 200))
                    .hasSize(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void isForServerKeys() {
        given().get("/v1/followers/{name}", name).then().statusCode(401);
        page().get("/v1/followers/{name}", name).then().statusCode(403);
        reader().contentType("application/json")
                .body(Map.of("holder", "a", "seconds", 5))
                .post("/v1/followers/{name}/lease", name)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"holder\":\"\",\"seconds\":5}",
                "{\"holder\":\"a\",\"seconds\":0}",
                "{\"holder\":\"a\",\"seconds\":3601}",
                "[]",
                "no json"
            })
    void refusesLeasesThatAreNotOne(String body) {
        server().body(body)
                .post("/v1/followers/{name}/lease", name)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void refusesNamesAndPositionsOfAnotherForm() {
        server().body(Map.of("holder", "a", "seconds", 5))
                .post("/v1/followers/{name}/lease", "No Name")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("name"));
        server().body("{\"holder\":\"a\",\"version\":1,\"position\":\"text\"}")
                .put("/v1/followers/{name}", name)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("position"));
        server().delete("/v1/followers/{name}/lease", name).then().statusCode(400);
    }
}
