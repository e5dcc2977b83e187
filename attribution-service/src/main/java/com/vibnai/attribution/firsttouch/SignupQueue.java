package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.platform.problem.ApiException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Natural batching: while a batch commits, signups queue; the next batch takes all of them, up to its size. Nothing waits for
 * a batch to fill. A few lanes write at the same time, each on an event loop of its own. A full queue refuses.
 */
@Singleton
class SignupQueue {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SignupBatch batches;
    private final IngestConfig config;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Deque<Context> freeLanes = new ArrayDeque<>();
    private final DistributionSummary sizes;
    private final Timer commits;
    private final Counter full;
    private final Counter expired;

    SignupQueue(SignupBatch batches, IngestConfig config, Vertx vertx, MeterRegistry metrics) {
        if (config.longestWait().compareTo(config.timeout()) >= 0) {
            throw new IllegalArgumentException(
                    "attribution.ingest.longest-wait (%s) has to be shorter than attribution.ingest.timeout (%s)."
                            .formatted(config.longestWait(), config.timeout()));
        }
        this.batches = batches;
        this.config = config;
        for (int lane = 0; lane < config.lanes(); lane++) {
            freeLanes.add(((VertxInternal) vertx).createEventLoopContext());
        }
        Gauge.builder("attribution.ingest.queue.depth", this, SignupQueue::depth)
                .description("Signups that wait for a batch")
                .register(metrics);
        sizes = DistributionSummary.builder("attribution.ingest.batch.size")
                .description("Signups that one statement wrote")
                .register(metrics);
        commits = Timer.builder("attribution.ingest.commit")
                .description("From the start of a batch to its commit")
                .register(metrics);
        full = rejected(metrics, "full");
        expired = rejected(metrics, "expired");
    }

    private static Counter rejected(MeterRegistry metrics, String reason) {
        return Counter.builder("attribution.ingest.rejected")
                .description("Signups answered 503 unwritten")
                .tag("reason", reason)
                .register(metrics);
    }

    /** Has a signup stored; the answer is given after the commit. 503 if too many wait, or if it waited too long. */
    Uni<SignupResponse> add(Signup signup) {
        return Uni.createFrom().emitter(emitter -> {
            if (offer(new Waiting(signup, emitter, System.nanoTime()))) {
                drain();
            } else {
                full.increment();
                emitter.fail(ApiException.unavailable("Too many signups are waiting; try again.", RETRY));
            }
        });
    }

    private synchronized boolean offer(Waiting waiting) {
        return queue.size() < config.queue() && queue.add(waiting);
    }

    private synchronized int depth() {
        return queue.size();
    }

    /** Starts a batch on each free lane for as long as somebody waits. */
    private void drain() {
        for (Work work = take(); work != null; work = take()) {
            Work started = work;
            started.lane().runOnContext(nothing -> write(started));
        }
    }

    private synchronized @Nullable Work take() {
        if (queue.isEmpty() || freeLanes.isEmpty()) {
            return null;
        }
        List<Waiting> batch = new ArrayList<>();
        while (batch.size() < config.batch() && !queue.isEmpty()) {
            batch.add(queue.remove());
        }
        return new Work(freeLanes.remove(), batch);
    }

    private void write(Work work) {
        List<Waiting> batch = withoutExpired(work.batch());
        if (batch.isEmpty()) {
            free(work.lane());
            return;
        }
        sizes.record(batch.size());
        Timer.Sample sample = Timer.start();
        batches.write(batch.stream().map(Waiting::signup).toList())
                .ifNoItem()
                .after(left(batch.get(0)))
                .failWith(SignupQueue::tooSlow)
                .onTermination()
                .invoke(() -> {
                    sample.stop(commits);
                    free(work.lane());
                })
                .subscribe()
                .with(
                        results -> answer(batch, results),
                        failure -> batch.forEach(waiting -> waiting.answer().fail(failure)));
    }

    /** The first of a batch has waited longest, and not longer than it may. */
    private Duration left(Waiting oldest) {
        Duration least = config.timeout().minus(config.longestWait());
        Duration left = config.timeout().minusNanos(System.nanoTime() - oldest.since());
        return left.compareTo(least) < 0 ? least : left;
    }

    private static void answer(List<Waiting> batch, List<SignupBatch.Result> results) {
        for (int i = 0; i < batch.size(); i++) {
            SignupBatch.Result result = results.get(i);
            UniEmitter<? super SignupResponse> caller = batch.get(i).answer();
            if (result.failure() == null) {
                caller.complete(result.answer());
            } else {
                caller.fail(result.failure());
            }
        }
    }

    private List<Waiting> withoutExpired(List<Waiting> batch) {
        long oldest = System.nanoTime() - config.longestWait().toNanos();
        List<Waiting> inTime = new ArrayList<>(batch.size());
        for (Waiting waiting : batch) {
            if (waiting.since() - oldest >= 0) {
                inTime.add(waiting);
            } else {
                expired.increment();
                waiting.answer().fail(tooSlow());
            }
        }
        return inTime;
    }

    private static ApiException tooSlow() {
        return ApiException.unavailable("The database is too slow; try again.", RETRY);
    }

    private void free(Context lane) {
        synchronized (this) {
            freeLanes.add(lane);
        }
        drain();
    }

    /** A signup, who waits for its answer, and since when by {@link System#nanoTime()}. */
    private record Waiting(Signup signup, UniEmitter<? super SignupResponse> answer, long since) {}

    private record Work(Context lane, List<Waiting> batch) {}
}
