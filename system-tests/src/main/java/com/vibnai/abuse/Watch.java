package com.vibnai.abuse;

import com.vibnai.stage.Repeating;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that behave, one for each service, which ask a little all the time, each time on a new connection. */
final class Watch implements AutoCloseable {

    /** How long such a client may wait. */
    static final Duration ANSWERED_WITHIN = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(40);

    private final Repeating clients = new Repeating(PAUSE, PATIENCE.multipliedBy(2));
    private final AtomicLong users = new AtomicLong();
    private final Map<String, Integer> wrong = new ConcurrentHashMap<>();
    private final AtomicLong slowest = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();

    Watch(List<Target> targets) {
        targets.forEach(target -> clients.start("watch-" + target.name(), () -> ask(target)));
    }

    /**
     * What such clients saw.
     *
     * @param asked how often they asked
     * @param slowest their longest wait
     * @param wrong what was no 200 or 201, and how often
     */
    record Seen(long asked, Duration slowest, Map<String, Integer> wrong) {}

    /** What was seen since the last call. */
    Seen take() {
        Seen seen = new Seen(asked.getAndSet(0), Duration.ofNanos(slowest.getAndSet(0)), Map.copyOf(wrong));
        wrong.clear();
        return seen;
    }

    @Override
    public void close() {
        clients.close();
    }

    private void ask(Target target) {
        ask(target, target.good());
        if (target.writes()) {
            ask(
                    target,
                    Request.post(
                            "/v1/attributions",
                            "{\"user_id\":\"well-behaved-" + users.incrementAndGet() + "\",\"utm_source\":\"google\"}",
                            Secrets.bearer(Secrets.SERVER_KEY)));
        }
    }

    private void ask(Target target, Request request) {
        long begin = System.nanoTime();
        Reply reply = Wire.ask(target.run().port(), request, PATIENCE);
        slowest.accumulateAndGet(System.nanoTime() - begin, Math::max);
        asked.incrementAndGet();
        if (!reply.is2xx()) {
            String text = target.name() + ", " + request.method() + ": " + reply;
            wrong.merge(text.substring(0, Math.min(200, text.length())), 1, Integer::sum);
        }
    }
}
