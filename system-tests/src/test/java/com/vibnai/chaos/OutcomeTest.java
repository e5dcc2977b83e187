package com.vibnai.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.chaos.Ledger.Difference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Difference NONE = new Difference(10, 0, 0, 0, 0);
    private static final Fault FAULT = new Fault("fault", Duration.ofSeconds(1), false, () -> {}, () -> {});

    private final Tally tally = new Tally();

    @Test
    void fast503ProblemsAndAQuickRecoveryAreWhatIsAskedFor() {
        // Given
        tally.problem(Duration.ofSeconds(3).toNanos());

        // When
        Outcome outcome = new Outcome(FAULT, tally, NONE, Duration.ofSeconds(2), 1000, 2000);

        // Then
        assertThat(outcome.broken()).isEmpty();
    }

    @Test
    void everyPromiseThatIsBrokenIsNamed() {
        // Given
        tally.problem(Duration.ofSeconds(7).toNanos());
        tally.wrongError("500 {}");
        tally.unreachable();
        tally.hung();
        tally.contradictions.incrementAndGet();

        // When
        Outcome outcome = new Outcome(FAULT, tally, new Difference(10, 1, 0, 0, 0), null, 0, 100_000);

        // Then
        assertThat(outcome.broken()).hasSize(8);
    }

    @Test
    void aServiceThatIsKilledMayRefuseConnections() {
        // Given
        tally.unreachable();
        Fault kill = new Fault("kill", Duration.ofSeconds(1), true, () -> {}, () -> {});

        // When
        Outcome outcome = new Outcome(kill, tally, NONE, Duration.ofSeconds(2), 0, 0);

        // Then
        assertThat(outcome.broken()).isEmpty();
    }
}
