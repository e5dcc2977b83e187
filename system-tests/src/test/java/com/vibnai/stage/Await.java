package com.vibnai.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for what another process or thread is about to do. */
public final class Await {

    private Await() {}

    /** Returns when {@code condition} holds; fails if it does not {@code within} this time. */
    public static void until(BooleanSupplier condition, Duration within) throws InterruptedException {
        Instant giveUp = Instant.now().plus(within);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("time to wait").isBefore(giveUp);
            Thread.sleep(20);
        }
    }
}
