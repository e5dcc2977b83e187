package com.vibnai.attribution;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** The calls of the tests, by the key that makes them. */
public final class Api {

    private Api() {}

    public static RequestSpecification server() {
        return given().header("Authorization", "Bearer " + AttributionStack.SERVER_KEY)
                .contentType(ContentType.JSON);
    }

    public static RequestSpecification reader() {
        return given().header("Authorization", "Bearer " + AttributionStack.READ_KEY);
    }

    public static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + AttributionStack.ADMIN_KEY);
    }

    public static RequestSpecification page() {
        return given().header("Origin", AttributionStack.ORIGIN)
                .queryParam("key", AttributionStack.PUBLISHABLE_KEY)
                .contentType("text/plain");
    }

    public static ValidatableResponse signUp(Map<String, ?> body) {
        return server().body(body).post("/v1/attributions").then();
    }

    public static ValidatableResponse record(String userId) {
        return reader().get("/v1/attributions/{id}", userId).then();
    }

    public static ValidatableResponse link(Map<String, ?> body) {
        return server().body(body).post("/v1/identity-links").then();
    }

    public static ValidatableResponse segments(String userId) {
        return reader().get("/v1/users/{id}/identity-links", userId).then();
    }

    /** A user id that no other test has. */
    public static String newUser() {
        return "user-" + UUID.randomUUID();
    }
}
