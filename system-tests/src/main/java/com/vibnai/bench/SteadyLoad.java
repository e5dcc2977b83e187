package com.vibnai.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Open-loop load: requests become due at a fixed rate, whether earlier ones are answered or not, and the latency counts from
 * when a request was due. A closed loop would stop asking while the service is slow, and hide it.
 */
final class SteadyLoad implements AutoCloseable {

    private static final int CONNECTIONS = 128;
    private static final int MOST_OPEN = 20_000;
    private static final String USER = "@user";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    private final String head;
    private final String tail;
    private final int port;

    /** Sends signups of new users to {@code port} of loopback. */
    SteadyLoad(int port) {
        this.port = port;
        String body = SignupLoad.body(USER, "");
        int user = body.indexOf(USER);
        this.head = body.substring(0, user);
        this.tail = body.substring(user + USER.length());
    }

    /** Of the answered requests; how many were not answered with success. */
    static final class Latencies {

        private final long[] micros;
        private final long failed;

        Latencies(long[] sortedMicros, long failed) {
            this.micros = sortedMicros;
            this.failed = failed;
        }

        long failed() {
            return failed;
        }

        /** In milliseconds. */
        double percentile(double percent) {
            return micros.length == 0
                    ? Double.POSITIVE_INFINITY
                    : micros[(int) Math.min(micros.length - 1L, (long) (micros.length * percent / 100))] / 1000.0;
        }
    }

    Latencies run(double perSecond, int seconds) throws InterruptedException {
        int total = (int) (perSecond * seconds);
        long[] micros = new long[total];
        AtomicInteger answered = new AtomicInteger();
        AtomicLong failed = new AtomicLong();
        AtomicInteger open = new AtomicInteger();
        long start = System.nanoTime();
        for (int sent = 0; sent < total; sent++) {
            long due = start + (long) (sent * 1e9 / perSecond);
            long wait = due - System.nanoTime();
            if (wait > 200_000) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            if (open.get() >= MOST_OPEN) {
                failed.incrementAndGet();
                continue;
            }
            open.incrementAndGet();
            signup().onComplete(status -> {
                open.decrementAndGet();
                if (status.succeeded() && status.result() == 201) {
                    micros[answered.getAndIncrement()] = (System.nanoTime() - due) / 1000;
                } else {
                    failed.incrementAndGet();
                }
            });
        }
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (open.get() > 0 && System.nanoTime() < giveUp) {
            Thread.sleep(10);
        }
        long[] sorted = Arrays.copyOf(micros, answered.get());
        Arrays.sort(sorted);
        return new Latencies(sorted, failed.get() + open.get());
    }

    private Future<Integer> signup() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String user = "steady-" + new UUID(random.nextLong(), random.nextLong());
        return client.request(HttpMethod.POST, port, "127.0.0.1", "/v1/attributions")
                .compose(request -> request.putHeader("Authorization", "Bearer " + AttributionUnderTest.KEY)
                        .putHeader("Content-Type", "application/json")
                        .send(Buffer.buffer(head + user + tail))
                        .compose(response -> response.body().map(ignored -> response.statusCode())));
    }

    @Override
    public void close() {
        vertx.close();
    }
}
