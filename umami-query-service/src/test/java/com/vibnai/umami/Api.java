package com.vibnai.umami;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** The calls of the tests. */
public final class Api {

    private Api() {}

    public static RequestSpecification reader() {
        return given().header("Authorization", "Bearer " + UmamiStack.READ_KEY);
    }

    public static ValidatableResponse get(String userId, String part) {
        return reader().get("/v1/users/{id}/{part}", userId, part).then();
    }

    public static String newUser() {
        return "user-" + UUID.randomUUID();
    }
}
