package com.vibnai.umami.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.umami.source.Device;
import com.vibnai.umami.source.Event;
import com.vibnai.umami.source.EventPosition;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollerTest {

    private static final int LISTENERS = 30;
    private static final int EVENTS = 100;

    private final Instant now = Instant.now();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void othersHaveTheirTurnWhileManyAreToldOfMuch() throws InterruptedException {
        // Given
        List<Event> burst = IntStream.range(0, EVENTS)
                .mapToObj(i -> event(now.plusMillis(i)))
                .toList();
        Poller poller = new Poller("user", new Burst(burst), context, Pace.fast(minute(), minute()), EVENTS);
        CountDownLatch told = new CountDownLatch(LISTENERS * EVENTS);
        AtomicInteger turns = new AtomicInteger();
        AtomicInteger turnsMeanwhile = new AtomicInteger();
        LivePosition before = LivePosition.after(List.of(), now.minusSeconds(60), Duration.ofSeconds(10));

        // When
        context.runOnContext(start -> {
            vertx.setPeriodic(1, fired -> turns.incrementAndGet());
            for (int i = 0; i < LISTENERS; i++) {
                Multi.createFrom()
                        .<LiveMessage>emitter(emitter -> poller.add(
                                new Listener(emitter, before, Duration.ofSeconds(10), EVENTS + 10, () -> {})))
                        .subscribe()
                        .with(message -> {
                            if (message instanceof LiveMessage.Arrived) {
                                turnsMeanwhile.compareAndSet(0, -turns.get() - 1);
                                if (told.getCount() == 1) {
                                    turnsMeanwhile.addAndGet(turns.get() + 1);
                                }
                                told.countDown();
                            }
                        });
            }
        });

        // Then
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(turnsMeanwhile.get()).isGreaterThan(5);
    }

    private static Duration minute() {
        return Duration.ofMinutes(1);
    }

    private static Event event(Instant time) {
        UUID id = UUID.randomUUID();
        return new Event(id, id, time, true, "/", null, null, null, null, null, id, id, Device.UNKNOWN, null, false);
    }

    /** Umami, where a user has just done a lot. */
    @SuppressWarnings("NullAway") // Nothing else is asked.
    private static final class Burst extends LiveEvents {

        private final List<Event> events;

        Burst(List<Event> events) {
            super(null, null);
            this.events = events;
        }

        @Override
        Uni<List<Event>> next(String userId, EventPosition after, int size) {
            return Uni.createFrom().item(events);
        }

        @Override
        Uni<List<Event>> latest(String userId, int size) {
            return Uni.createFrom().item(List.of());
        }
    }
}
