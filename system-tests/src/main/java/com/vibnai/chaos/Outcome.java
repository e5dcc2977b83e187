package com.vibnai.chaos;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one fault did.
 *
 * @param difference of ledger and database; null for readers
 * @param recovered from the mending to the last failure a client saw; null if it did not within a minute
 * @param heapBefore live heap of the service in kB
 */
record Outcome(
        Fault fault,
        Tally tally,
        Ledger.@Nullable Difference difference,
        @Nullable Duration recovered,
        long heapBefore,
        long heapAfter) {

    static final Duration RECOVERS_WITHIN = Duration.ofSeconds(15);
    static final Duration ANSWERS_WITHIN = Duration.ofSeconds(6);
    private static final long HEAP_GROWTH_KB = 32 * 1024L;

    /** Everything that did not hold. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        if (difference != null && !difference.none()) {
            broken.add("missing " + difference.missing() + ", changed " + difference.changed() + ", doubled "
                    + difference.doubled() + ", invented " + difference.invented());
        }
        if (tally.contradictions.get() > 0) {
            broken.add(tally.contradictions + " contradictory answers");
        }
        if (recovered == null || recovered.compareTo(RECOVERS_WITHIN) > 0) {
            broken.add("no recovery within " + RECOVERS_WITHIN.toSeconds() + " s");
        }
        if (tally.wrongErrors.get() > 0) {
            broken.add(tally.wrongErrors + " errors that are no 503 problem, such as " + tally.example());
        }
        if (tally.hung.get() > 0) {
            broken.add(tally.hung + " requests without an answer in 10 s");
        }
        if (tally.slowestProblem().compareTo(ANSWERS_WITHIN) > 0) {
            broken.add("a 503 took " + tally.slowestProblem().toMillis() + " ms");
        }
        if (!fault.kills() && tally.unreachable.get() > 0) {
            broken.add(tally.unreachable + " connections refused or cut");
        }
        if (heapAfter - heapBefore > HEAP_GROWTH_KB) {
            broken.add("live heap grew by " + (heapAfter - heapBefore) / 1024 + " MB");
        }
        return broken;
    }

    String row() {
        Ledger.Difference ledger = difference;
        Duration after = recovered;
        return String.format(
                Locale.ROOT,
                "| %s (%d s) | %s | %d | %d, slowest %.1f s | %d | %s | %d to %d MB | %s |%n",
                fault.name(),
                fault.lasts().toSeconds(),
                ledger == null
                        ? "%,d equal answers".formatted(tally.answered.get())
                        : "%,d of %,d"
                                .formatted(
                                        ledger.acknowledged() - ledger.missing() - ledger.changed(),
                                        ledger.acknowledged()),
                tally.unreachable.get(),
                tally.problems.get(),
                tally.slowestProblem().toMillis() / 1000.0,
                tally.wrongErrors.get() + tally.hung.get() + tally.contradictions.get(),
                after == null ? "no" : String.format(Locale.ROOT, "%.1f s", after.toMillis() / 1000.0),
                heapBefore / 1024,
                heapAfter / 1024,
                broken().isEmpty() ? "yes" : "**no**: " + String.join("; ", broken()));
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("fault", fault.name())
                .put("seconds", fault.lasts().toSeconds())
                .put("answered", tally.answered.get())
                .put("problems_503", tally.problems.get())
                .put("slowest_503_ms", tally.slowestProblem().toMillis())
                .put("other_errors", tally.wrongErrors.get())
                .put("unreachable", tally.unreachable.get())
                .put("hung", tally.hung.get())
                .put("contradictions", tally.contradictions.get())
                .put("recovered_ms", recovered == null ? null : recovered.toMillis())
                .put("heap_before_kb", heapBefore)
                .put("heap_after_kb", heapAfter)
                .put("broken", broken());
        if (difference != null) {
            json.put("acknowledged", difference.acknowledged())
                    .put("missing", difference.missing())
                    .put("changed", difference.changed())
                    .put("doubled", difference.doubled())
                    .put("invented", difference.invented());
        }
        return json;
    }
}
