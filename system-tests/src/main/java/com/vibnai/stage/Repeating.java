package com.vibnai.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Threads that take one step after the other until they are closed. */
public final class Repeating implements AutoCloseable {

    /** Something that is done again and again. */
    @FunctionalInterface
    public interface Step {

        /** Once. */
        void run() throws InterruptedException;
    }

    private final Duration pause;
    private final Duration ends;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /**
     * @param pause between two steps
     * @param ends how long a step may still take when it is closed
     */
    public Repeating(Duration pause, Duration ends) {
        this.pause = pause;
        this.ends = ends;
    }

    /** Starts a thread that repeats {@code step}. */
    public void start(String name, Step step) {
        Thread thread = new Thread(() -> repeat(step), name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    @Override
    public void close() {
        ended = true;
        try {
            for (Thread thread : threads) {
                thread.join(ends.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat(Step step) {
        try {
            while (!ended) {
                step.run();
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
