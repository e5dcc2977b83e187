package com.vibnai.chaos;

import com.vibnai.stage.Repeating;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.function.Predicate;

/** Some threads that send one request after the other, whatever happens. */
abstract class Client implements AutoCloseable {

    /** A client that waits longer than this for an answer has been left hanging. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int THREADS = 16;
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Repeating threads = new Repeating(PAUSE, PATIENCE.multipliedBy(2));
    private volatile Tally tally = new Tally();

    void start() {
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
            threads.start("client-" + i, () -> step(random, tally));
        }
    }

    /** From now on everything is counted anew. */
    Tally newTally() {
        tally = new Tally();
        return tally;
    }

    /** Sends one request with {@link #send}. */
    abstract void step(Random random, Tally counts) throws InterruptedException;

    /** {@code success} says whether a 2xx answers what it should. */
    void send(HttpRequest.Builder builder, Tally counts, Predicate<String> success) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            HttpResponse<String> answer =
                    http.send(builder.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() < 300) {
                if (success.test(answer.body())) {
                    counts.answered.incrementAndGet();
                } else {
                    counts.contradictions.incrementAndGet();
                }
            } else if (isUnavailable(answer)) {
                counts.problem(System.nanoTime() - begin);
            } else {
                counts.wrongError(answer.statusCode() + " " + answer.body());
            }
        } catch (HttpConnectTimeoutException e) {
            counts.unreachable();
        } catch (HttpTimeoutException e) {
            counts.hung();
        } catch (IOException e) {
            counts.unreachable();
        }
    }

    @Override
    public void close() {
        threads.close();
    }

    private static boolean isUnavailable(HttpResponse<String> answer) {
        return answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent()
                && answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
    }
}
