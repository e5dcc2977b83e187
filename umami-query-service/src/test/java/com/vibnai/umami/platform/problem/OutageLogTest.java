package com.vibnai.umami.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutageLogTest {

    private final IOException refused = new IOException("Connection refused");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void writesOneLineForManyRequests() {
        // Given
        OutageLog log = new OutageLog(lines::add, "the database is down", Duration.ofHours(1));

        // When
        for (int request = 0; request < 1_000; request++) {
            log.met(refused);
        }

        // Then
        assertThat(lines)
                .containsExactly("the database is down: Connection refused (requests since the last such line: 1)");
    }

    @Test
    @Timeout(10)
    void saysLaterHowManyRequestsItHasNotSpokenOf() {
        // Given
        OutageLog log = new OutageLog(lines::add, "the database is down", Duration.ofMillis(200));
        int before = 100;
        for (int request = 0; request < before; request++) {
            log.met(refused);
        }

        // When
        int met = before;
        while (lines.size() < 2) {
            log.met(refused);
            met++;
        }

        // Then
        assertThat(lines.stream().mapToInt(OutageLogTest::requests).sum()).isEqualTo(met);
    }

    private static int requests(String line) {
        return Integer.parseInt(line.replaceAll(".*: (\\d+)\\)", "$1"));
    }
}
