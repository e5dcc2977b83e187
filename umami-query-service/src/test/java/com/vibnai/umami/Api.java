package com.vibnai.umami;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The calls of the tests. */
public final class Api {

    private Api() {}

    public static RequestSpecification reader() {
        return given().header("Authorization", "Bearer " + UmamiStack.READ_KEY);
    }

    public static ValidatableResponse get(String userId, String part) {
        return reader().get("/v1/users/{id}/{part}", userId, part).then();
    }

    /** Waits until attribution-service is asked again after a time of failures. */
    public static void awaitAttribution() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        boolean degraded = true;
        while (degraded && System.nanoTime() < end) {
            degraded = get(newUser(), "funnel").extract().path("identity.degraded");
        }
        assertThat(degraded).as("attribution-service is still left alone").isFalse();
    }

    public static String newUser() {
        return "user-" + UUID.randomUUID();
    }
}
