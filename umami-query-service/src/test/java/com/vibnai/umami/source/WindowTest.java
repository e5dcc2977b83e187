package com.vibnai.umami.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vibnai.umami.platform.problem.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    private static final UUID WEBSITE = new UUID(1, 1);

    private static Segment segment(@Nullable String from, @Nullable String until) {
        return new Segment(
                WEBSITE,
                new UUID(2, 2),
                from == null ? null : Instant.parse(from),
                until == null ? null : Instant.parse(until),
                false);
    }

    @Test
    void cutsSegmentsToTheTimeThatIsAskedFor() {
        Window march = Window.parse(null, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00+00:00");

        assertThat(march.of(List.of(
                        segment(null, null),
                        segment("2026-03-05T00:00:00Z", null),
                        segment(null, "2026-03-05T00:00:00Z"),
                        segment("2026-04-01T00:00:00Z", null),
                        segment(null, "2026-03-01T00:00:00Z"))))
                .containsExactly(
                        segment("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
                        segment("2026-03-05T00:00:00Z", "2026-04-01T00:00:00Z"),
                        segment("2026-03-01T00:00:00Z", "2026-03-05T00:00:00Z"));
    }

    @Test
    void keepsTheWebsiteThatIsAskedFor() {
        assertThat(Window.parse(WEBSITE.toString(), null, null).of(List.of(segment(null, null))))
                .hasSize(1);
        assertThat(Window.parse(UUID.randomUUID().toString(), null, null).of(List.of(segment(null, null))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "x, -, -",
                "1-1-1-1-1, -, -",
                "-, yesterday, -",
                "-, -, 2026-03-01",
                "-, 2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z",
                "-, -999999999-01-01T00:00:00Z, -",
                "-, -, +999999999-01-01T00:00:00Z"
            })
    void refusesWhatIsNoWindow(@Nullable String website, @Nullable String from, @Nullable String to) {
        assertThatThrownBy(() -> Window.parse(website, from, to)).isInstanceOf(ApiException.class);
    }
}
