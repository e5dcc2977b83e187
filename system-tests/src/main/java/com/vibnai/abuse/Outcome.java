package com.vibnai.abuse;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one attack did.
 *
 * @param seen by the clients that behave, while it lasted and right after
 * @param heapGrowth of each service's live heap, in kB
 * @param seconds that it took
 */
record Outcome(Attack attack, Findings findings, Watch.Seen seen, Map<String, Long> heapGrowth, long seconds) {

    static final long HEAP_GROWTH_KB = 32 * 1024L;

    /** Whether no service's live heap has grown beyond the bound. */
    static boolean isBack(Map<String, Long> heapGrowth) {
        return heapGrowth.values().stream().allMatch(growth -> growth <= HEAP_GROWTH_KB);
    }

    /** Everything that did not hold. */
    List<String> broken() {
        List<String> broken = new ArrayList<>(findings.broken());
        if (seen.asked() == 0) {
            broken.add("no client that behaves was answered");
        }
        if (seen.slowest().compareTo(Watch.ANSWERED_WITHIN) > 0) {
            broken.add("a client that behaves waited " + seen.slowest().toMillis() + " ms");
        }
        seen.wrong()
                .forEach((answer, times) -> broken.add("a client that behaves was not served: " + answer
                        + (times > 1 ? " (" + times + " times)" : "")));
        heapGrowth.forEach((service, growth) -> {
            if (growth > HEAP_GROWTH_KB) {
                broken.add("live heap of " + service + " grew by " + growth / 1024 + " MB");
            }
        });
        return broken;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s: %s | %,d | %s | %d ms | %+d MB | %s |%n",
                attack.name(),
                attack.what(),
                findings.sent(),
                findings.answers(),
                seen.slowest().toMillis(),
                Math.round(Collections.max(heapGrowth.values()) / 1024.0),
                broken().isEmpty()
                        ? "yes"
                        : "**no**: "
                                + String.join("; ", broken())
                                        .replace("|", "\\|")
                                        .replace("\n", " "));
    }

    JsonObject json() {
        return new JsonObject()
                .put("attack", attack.name())
                .put("what", attack.what())
                .put("seconds", seconds)
                .put("sent", findings.sent())
                .put("answers", findings.answers())
                .put("others_asked", seen.asked())
                .put("others_slowest_ms", seen.slowest().toMillis())
                .put("heap_growth_kb", new JsonObject(Map.copyOf(heapGrowth)))
                .put("broken", broken());
    }
}
