package com.vibnai.attribution.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed contract is the one that the service has. With OPENAPI_WRITE set in the environment it is written anew. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class OpenApiTest {

    private static final Path COMMITTED = Path.of("..", "docs", "api", "attribution-service.yaml");

    @TestHTTPResource(value = "/generated-openapi", management = true)
    URI generated;

    @TestHTTPResource(value = "/openapi", management = true)
    URI served;

    @Test
    void equalsTheCommittedContract() throws IOException {
        String contract = given().accept("application/yaml")
                .get(generated)
                .then()
                .statusCode(200)
                .extract()
                .asString();

        if (System.getenv("OPENAPI_WRITE") != null) {
            Files.writeString(COMMITTED, contract);
        }
        assertThat(contract).isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void isServed() throws IOException {
        given().get(served)
                .then()
                .statusCode(200)
                .contentType("application/yaml;charset=UTF-8")
                .body(equalTo(Files.readString(COMMITTED)));
    }
}
