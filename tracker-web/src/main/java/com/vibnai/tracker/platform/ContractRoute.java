package com.vibnai.tracker.platform;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The committed OpenAPI document at {@code /q/openapi}. A test compares it with what the code says; to have the framework
 * generate it takes a tenth of the time of a start.
 */
@Singleton
class ContractRoute {

    private static final String CONTRACT = "/tracker-web.yaml";

    void serve(@Observes ManagementInterface management) throws IOException {
        try (InputStream resource =
                Objects.requireNonNull(ContractRoute.class.getResourceAsStream(CONTRACT), CONTRACT)) {
            Buffer contract = Buffer.buffer(resource.readAllBytes());
            management.router().get("/q/openapi").handler(call -> call.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml;charset=UTF-8")
                    .end(contract));
        }
    }
}
