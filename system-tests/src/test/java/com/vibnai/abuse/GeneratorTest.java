package com.vibnai.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private static final int REQUESTS = 4000;

    private final Map<String, Contract> contracts = new LinkedHashMap<>();

    @BeforeEach
    void readContracts() throws IOException {
        for (String service : List.of("attribution-service", "umami-query-service", "tracker-web")) {
            contracts.put(service, Contract.read(Path.of(".."), service));
        }
    }

    @Test
    void theSameSeedMakesTheSameRequests() {
        Generator first = new Generator(contracts, List.of("somebody"), 7);
        Generator again = new Generator(contracts, List.of("somebody"), 7);
        Generator other = new Generator(contracts, List.of("somebody"), 8);
        int different = 0;

        for (int i = 0; i < 300; i++) {
            assertThat(first.request(i).request().bytes())
                    .isEqualTo(again.request(i).request().bytes());
            different += text(first.request(i)).equals(text(other.request(i))) ? 0 : 1;
        }

        assertThat(different).isGreaterThan(250);
    }

    @Test
    void everyCallIsMetWithAndWithoutTheRightKey() {
        Generator generator = new Generator(contracts, List.of("somebody"), 1);
        Set<Call> allowed = new HashSet<>();
        Set<Call> refused = new HashSet<>();

        int proper = 0;

        for (int i = 0; i < REQUESTS; i++) {
            Generated generated = generator.request(i);
            proper += generated.request().isProper() ? 1 : 0;
            (generated.allowed() ? allowed : refused).add(generated.call());
        }

        assertThat(proper).isBetween(REQUESTS / 2, REQUESTS - 1);
        assertThat(generator.calls()).hasSizeGreaterThan(35);
        assertThat(allowed).containsAll(generator.calls());
        assertThat(refused)
                .containsAll(generator.calls().stream()
                        .filter(call -> !call.scopes().isEmpty())
                        .toList());
    }

    @Test
    void whatHasToBeRefusedIsMarkedSoThatTheDatabaseCanBeSearchedForIt() {
        Generator generator = new Generator(contracts, List.of("somebody"), 1);
        int marked = 0;

        for (int i = 0; i < REQUESTS; i++) {
            Generated generated = generator.request(i);
            boolean never = text(generated).contains(Secrets.NEVER);
            assertThat(never && generated.allowed()).as(text(generated)).isFalse();
            marked += never ? 1 : 0;
        }

        assertThat(marked).isGreaterThan(REQUESTS / 50);
    }

    @Test
    void aRequestIsALineForAShellWithoutItsKey() {
        Request request = Request.post("/v1/x?a='b'", "{\"a\":\"\0%\"}", Secrets.bearer(Secrets.ADMIN_KEY));

        assertThat(Curl.of("attribution-service", request))
                .isEqualTo("printf '{\"a\":\"\\000\\045\"}' | curl -sS -i --globoff --path-as-is -X POST"
                        + " -H 'Authorization: Bearer '\"$ADMIN_KEY\" -H 'Content-Type: application/json'"
                        + " --data-binary @- \"$ATTRIBUTION_URL\"'/v1/x?a='\\''b'\\'''");
    }

    private static String text(Generated generated) {
        return new String(generated.request().bytes(), StandardCharsets.ISO_8859_1);
    }
}
