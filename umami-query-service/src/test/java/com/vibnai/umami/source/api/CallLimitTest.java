package com.vibnai.umami.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vibnai.umami.platform.problem.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CallLimitTest {

    private static final Duration WINDOW = Duration.ofSeconds(15);
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Property(tries = 200)
    void neverLetsMoreThroughThanAllowedWithinAnyWindow(@ForAll long seed) {
        Random random = new Random(seed);
        CallLimit limit = new CallLimit(5, WINDOW);
        List<Instant> calls = new ArrayList<>();
        Instant now = NOON;
        for (int i = 0; i < 60; i++) {
            calls.add(limit.reserve(now, Instant.MAX));
            now = now.plusMillis(random.nextInt(6000));
        }

        for (int i = 5; i < calls.size(); i++) {
            assertThat(calls.get(i)).isAfterOrEqualTo(calls.get(i - 5).plus(WINDOW));
        }
    }

    @Test
    void refusesWhatWouldWaitTooLongAndTakesNoPlaceForIt() {
        CallLimit limit = new CallLimit(1, WINDOW);
        limit.reserve(NOON, NOON.plusSeconds(5));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> limit.reserve(NOON.plusSeconds(1), NOON.plusSeconds(6)))
                    .isInstanceOf(ApiException.class);
        }

        assertThat(limit.reserve(NOON.plusSeconds(14), NOON.plusSeconds(19))).isEqualTo(NOON.plusSeconds(15));
    }
}
