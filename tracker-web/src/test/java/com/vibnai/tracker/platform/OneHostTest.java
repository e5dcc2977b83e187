package com.vibnai.tracker.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class OneHostTest {

    @TestHTTPResource("/")
    URI root;

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost\r\nHost: example.com", "Host: localhost\r\nhost: localhost"})
    void refusesTwoHosts(String hosts) throws IOException {
        assertThat(answer(hosts))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json")
                .contains("urn:vibn:problem:invalid-request");
    }

    @Test
    void answersOneHost() throws IOException {
        assertThat(answer("Host: localhost")).startsWith("HTTP/1.1 200 ");
    }

    private String answer(String hosts) throws IOException {
        return RawHttp.ask(root, "GET /tracker.js HTTP/1.1", hosts);
    }
}
