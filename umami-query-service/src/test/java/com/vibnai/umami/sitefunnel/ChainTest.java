package com.vibnai.umami.sitefunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChainTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private static List<Instant> at(int... seconds) {
        return Arrays.stream(seconds).mapToObj(START::plusSeconds).toList();
    }

    private static List<Instant> chain(List<List<Instant>> times) {
        return Chain.of(times, WINDOW);
    }

    @Test
    void takesStepsInOrderAndAtTheSameTime() {
        assertThat(chain(List.of(at(5), at(5), at(7)))).isEqualTo(at(5, 5, 7));
        assertThat(chain(List.of(at(5), at(4), at(7)))).isEqualTo(at(5));
        assertThat(chain(List.of(at(), at(4)))).isEmpty();
    }

    @Test
    void endsWithTheWindow() {
        assertThat(chain(List.of(at(0), at(10)))).isEqualTo(at(0, 10));
        assertThat(chain(List.of(at(0), at(11)))).isEqualTo(at(0));
    }

    @Test
    void startsWhereItLeadsFurthestAndThenAsEarlyAsItCan() {
        assertThat(chain(List.of(at(0, 3, 4), at(3, 12), at(13)))).isEqualTo(at(3, 3, 13));
    }

    /** Against every way there is through a few steps. */
    @Test
    void findsWhatTryingEveryWayFinds() {
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            List<List<Instant>> times = Stream.generate(() -> random.ints(random.nextInt(5), 0, 25)
                            .sorted()
                            .mapToObj(START::plusSeconds)
                            .toList())
                    .limit(2 + random.nextInt(3))
                    .toList();
            List<List<Instant>> ways = new ArrayList<>();
            ways(times, new ArrayList<>(), ways);
            int furthest = ways.stream().mapToInt(List::size).max().orElse(0);
            Instant first = ways.stream()
                    .filter(way -> way.size() == furthest && furthest > 0)
                    .map(way -> way.get(0))
                    .min(Instant::compareTo)
                    .orElse(null);

            List<Instant> found = chain(times);

            assertThat(found).as(times.toString()).hasSize(furthest);
            if (first != null) {
                assertThat(found.get(0)).as(times.toString()).isEqualTo(first);
                assertThat(ways).contains(found);
                ways.stream()
                        .filter(way -> way.size() == furthest && way.get(0).equals(first))
                        .forEach(way -> {
                            for (int step = 0; step < furthest; step++) {
                                assertThat(found.get(step)).isBeforeOrEqualTo(way.get(step));
                            }
                        });
            }
        }
    }

    private static void ways(List<List<Instant>> times, List<Instant> soFar, List<List<Instant>> ways) {
        if (!soFar.isEmpty()) {
            ways.add(List.copyOf(soFar));
        }
        if (soFar.size() == times.size()) {
            return;
        }
        for (Instant next : times.get(soFar.size())) {
            boolean inOrder = soFar.isEmpty()
                    || (!next.isBefore(soFar.get(soFar.size() - 1))
                            && Duration.between(soFar.get(0), next).compareTo(WINDOW) <= 0);
            if (inOrder) {
                soFar.add(next);
                ways(times, soFar, ways);
                soFar.remove(soFar.size() - 1);
            }
        }
    }
}
