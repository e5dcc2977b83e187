package com.vibnai.umami.live;

import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.source.SourceConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * All open streams of this process: limits them, gives each user's a poller, ends them when the service goes down. Pollers
 * and listeners are touched on one Vert.x context alone.
 */
@ApplicationScoped
public class LiveHub {

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final LiveEvents events;
    private final LiveConfig config;
    private final SourceConfig source;
    private final Context context;
    private final StreamCount count;
    private final Counter slow;
    private final Map<String, Poller> pollers = new ConcurrentHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    LiveHub(LiveEvents events, LiveConfig config, SourceConfig source, Vertx vertx, MeterRegistry metrics) {
        this.events = events;
        this.config = config;
        this.source = source;
        this.context = vertx.getOrCreateContext();
        this.count = new StreamCount(config.streams(), config.streamsPerKey());
        this.slow = Counter.builder("umami.live.cut")
                .description("Live streams that ended because their listener read too slowly")
                .register(metrics);
        Gauge.builder("umami.live.streams", count, StreamCount::all)
                .description("Open live streams")
                .register(metrics);
        Gauge.builder("umami.live.pollers", pollers, Map::size)
                .description("Users whose events are looked for, for any number of streams")
                .register(metrics);
    }

    void start(@Observes StartupEvent started) {
        context.owner()
                .setPeriodic(
                        config.heartbeat().toMillis(),
                        fired -> context.runOnContext(beat -> listeners().forEach(Listener::heartbeat)));
    }

    /** Comes before the service waits for open requests to end, which these never would. */
    void goingDown(@Observes ShutdownDelayInitiatedEvent going) {
        endAll();
    }

    void down(@Observes ShutdownEvent gone) {
        endAll();
    }

    /**
     * A stream of the user's events from now on, or after {@code resumed}. 429 when the key has too many, or the process.
     *
     * @param key name of the API key
     * @param disconnect breaks the connection of a listener that does not read
     */
    Multi<LiveMessage> open(String key, String userId, @Nullable LivePosition resumed, Runnable disconnect) {
        if (closing.get()) {
            throw ApiException.unavailable("The service goes down; try again.", RETRY);
        }
        if (count.isFull(key)) {
            throw ApiException.tooMany("This key, or the service, has too many live streams open.", RETRY);
        }
        Stream stream = new Stream(key, userId, disconnect);
        return Multi.createFrom()
                .<LiveMessage>emitter(emitter -> attach(stream, emitter, resumed), config.buffer() + 2)
                .onItem()
                .invoke(stream::delivered)
                .onTermination()
                .invoke(() -> detach(stream));
    }

    /** An open connection; its listener comes with the subscription. */
    private record Stream(
            String key,
            String userId,
            Runnable disconnect,
            AtomicBoolean counted,
            AtomicReference<@Nullable Listener> listener) {

        Stream(String key, String userId, Runnable disconnect) {
            this(key, userId, disconnect, new AtomicBoolean(), new AtomicReference<>());
        }

        void delivered() {
            Listener known = listener.get();
            if (known != null) {
                known.delivered();
            }
        }
    }

    private void attach(Stream stream, MultiEmitter<? super LiveMessage> emitter, @Nullable LivePosition resumed) {
        Listener listener =
                new Listener(emitter, resumed, config.lateness(), config.buffer(), () -> disconnectLater(stream));
        stream.listener.set(listener);
        stream.counted.set(count.add(stream.key));
        boolean admitted = stream.counted.get();
        context.runOnContext(ignored -> {
            if (!admitted) {
                listener.end(LiveMessage.Reason.LIMIT);
            } else if (closing.get()) {
                listener.end(LiveMessage.Reason.SHUTDOWN);
            } else if (stream.counted.get()) {
                poller(stream.userId).add(listener);
            }
        });
    }

    private void detach(Stream stream) {
        if (stream.counted.getAndSet(false)) {
            count.remove(stream.key);
            context.runOnContext(ignored -> leave(stream));
        }
    }

    private void leave(Stream stream) {
        Poller poller = pollers.get(stream.userId);
        Listener listener = stream.listener.get();
        if (poller != null && listener != null) {
            poller.remove(listener);
            if (poller.isIdle()) {
                pollers.remove(stream.userId);
            }
        }
    }

    private void disconnectLater(Stream stream) {
        slow.increment();
        context.owner().setTimer(config.cutGrace().toMillis(), fired -> {
            if (stream.counted.get()) {
                stream.disconnect.run();
            }
        });
    }

    private Poller poller(String userId) {
        return pollers.computeIfAbsent(
                userId,
                user -> new Poller(user, events, context, Pace.of(config, source.source()), config.buffer() / 2));
    }

    private List<Listener> listeners() {
        return pollers.values().stream()
                .flatMap(poller -> poller.listeners().stream())
                .toList();
    }

    private void endAll() {
        closing.set(true);
        context.runOnContext(ignored -> listeners().forEach(listener -> listener.end(LiveMessage.Reason.SHUTDOWN)));
    }
}
