package com.vibnai.umami.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.umami.source.EventPosition;
import com.vibnai.umami.source.SourceConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivePositionTest {

    private static final Duration LATENESS = Duration.ofSeconds(10);
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant NOW = NOON.plusSeconds(3600);

    private static EventPosition at(double seconds) {
        return new EventPosition(NOON.plusNanos((long) (seconds * 1e9)), UUID.randomUUID());
    }

    /** Rows appear in any order that lateness allows, times are often equal, and the listener reconnects at any time. */
    @Property(tries = 300)
    void sendsEachEventOnceInWhateverOrderRowsAppear(@ForAll long seed, @ForAll @IntRange(max = 60) int events) {
        Random random = new Random(seed);
        List<EventPosition> arriving = new ArrayList<>();
        for (int second = 0; arriving.size() < events; second += random.nextInt(4)) {
            arriving.add(at(second));
        }
        List<EventPosition> visible = new ArrayList<>();
        List<EventPosition> sent = new ArrayList<>();
        LivePosition position = LivePosition.after(List.of(at(-60)), NOW, LATENESS);

        while (!arriving.isEmpty()) {
            Instant oldest = arriving.stream()
                    .map(EventPosition::occurredAt)
                    .min(Instant::compareTo)
                    .orElseThrow();
            List<EventPosition> possible = new ArrayList<>(arriving);
            possible.removeIf(event -> event.occurredAt().isAfter(oldest.plusSeconds(9)));
            Collections.shuffle(possible, random);
            visible.addAll(possible.subList(0, 1 + random.nextInt(possible.size())));
            arriving.removeAll(visible);
            for (EventPosition event : visible) {
                if (position.lacks(event)) {
                    sent.add(event);
                    position = position.with(event, NOW, LATENESS);
                }
            }
            if (random.nextBoolean()) {
                position = LivePosition.parse(position.toString()).orElseThrow();
            }
        }

        assertThat(sent).hasSize(events).containsExactlyInAnyOrderElementsOf(visible);
    }

    @Test
    void readsNoFurtherBackThanLatenessAsks() {
        LivePosition position = LivePosition.after(List.of(at(100), at(95), at(80), at(20)), NOW, LATENESS);

        assertThat(position.floor().occurredAt()).isEqualTo(NOON.plusSeconds(90));
        assertThat(position.recent()).hasSize(2);
        assertThat(position.lacks(at(89.9))).isFalse();
        assertThat(position.lacks(at(90.1))).isTrue();
    }

    @Test
    void lacksEverythingOfAUserWithoutAnEvent() {
        LivePosition position = LivePosition.after(List.of(), NOW, LATENESS);

        assertThat(position.lacks(at(0))).isTrue();
    }

    @Test
    void remembersABoundedNumberInABurstAndStillSendsItOnce() {
        LivePosition position = LivePosition.after(List.of(), NOW, LATENESS);
        List<EventPosition> burst = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            burst.add(at(i / 1000.0));
        }

        int sent = 0;
        for (int round = 0; round < 2; round++) {
            for (EventPosition event : burst) {
                if (position.lacks(event)) {
                    sent++;
                    position = position.with(event, NOW, LATENESS);
                }
            }
        }

        assertThat(sent).isEqualTo(1000);
        assertThat(position.recent()).hasSize(LivePosition.MOST);
        assertThat(position.toString()).hasSizeLessThan(2200);
    }

    @Test
    void isNotBlindedByAnEventFromTheFuture() {
        EventPosition future = new EventPosition(NOW.plus(Duration.ofDays(900)), UUID.randomUUID());
        LivePosition position = LivePosition.after(List.of(), NOW, LATENESS).with(future, NOW, LATENESS);

        assertThat(position.lacks(future)).isFalse();
        assertThat(position.lacks(new EventPosition(NOW, UUID.randomUUID()))).isTrue();
    }

    @Test
    void comparesIdsAsPostgresDoes() {
        UUID low = UUID.fromString("10000000-0000-4000-8000-000000000000");
        UUID high = UUID.fromString("f0000000-0000-4000-8000-000000000000");

        EventPosition earlier = LivePosition.earlier(new EventPosition(NOON, high), new EventPosition(NOON, low));

        assertThat(earlier.eventId()).isEqualTo(low);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AQ", "!!!", "MjAyNi0xMS0yMFQxMjowMDowMFo"})
    void takesNoIdThatItDidNotWrite(String text) {
        assertThat(LivePosition.parse(text)).isEmpty();
    }

    @Test
    void takesNoIdThatIsLongerThanItsOwn() {
        LivePosition long1 = new LivePosition(at(0), Collections.nCopies(LivePosition.MOST, at(1)));
        List<EventPosition> tooMany = new ArrayList<>();
        for (int i = 0; i <= LivePosition.MOST; i++) {
            tooMany.add(at(i));
        }

        assertThat(LivePosition.parse(long1.toString())).isPresent();
        assertThat(LivePosition.parse(new LivePosition(at(0), tooMany).toString()))
                .isEmpty();
    }

    @Test
    void slowsDownStepByStepAndSpeedsUpAtOnce() {
        Pace pace = Pace.fast(Duration.ofSeconds(1), Duration.ofSeconds(3));

        assertThat(pace.idle().current()).isEqualTo(Duration.ofMillis(1500));
        assertThat(pace.idle().idle().idle().idle().current()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pace.idle().idle().busy().current()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void looksLessOftenThroughAnApiThatAllowsFewCalls() {
        LiveConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(LiveConfig.class)
                .withDefaultValue("umami.live.longest-interval", "8s")
                .build()
                .getConfigMapping(LiveConfig.class);

        assertThat(Pace.of(config, SourceConfig.Kind.DATABASE).current()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Pace.of(config, SourceConfig.Kind.API).current()).isEqualTo(Duration.ofSeconds(10));
        assertThat(Pace.of(config, SourceConfig.Kind.API).idle().current()).isEqualTo(Duration.ofSeconds(10));
    }
}
