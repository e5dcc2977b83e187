package com.vibnai.umami.firsttouch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Who was tried when: the older a signup is, the longer the pause to the next try. */
final class Attempts {

    private static final int PART_OF_AGE = 4;

    private final Map<String, Instant> last = new HashMap<>();

    /** Whether this signup is due now; it counts as tried then. */
    boolean isDue(String userId, Instant signedUpAt, Instant now) {
        Instant before = last.get(userId);
        Duration pause = Duration.between(signedUpAt, now).dividedBy(PART_OF_AGE);
        if (before != null && before.plus(pause).isAfter(now)) {
            return false;
        }
        last.put(userId, now);
        return true;
    }

    /** Forgets who was tried last before {@code time}. */
    void forgetBefore(Instant time) {
        last.values().removeIf(tried -> tried.isBefore(time));
    }
}
