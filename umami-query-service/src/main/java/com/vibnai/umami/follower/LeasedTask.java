package com.vibnai.umami.follower;

import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Work in steps, each from where the last one ended. A step that is repeated must do no harm. */
public interface LeasedTask {

    /** By which its position is kept; lower-case letters, digits and hyphens. */
    String name();

    /** Takes a step. What it did is done when the answer comes, and only then its position is kept. */
    Uni<Step> step(Map<String, Object> position);

    /**
     * What a step came to.
     *
     * @param position where the next one starts
     * @param more whether there is more to do at once
     */
    record Step(Map<String, Object> position, boolean more) {

        /** Copies the map. */
        public Step {
            position = Map.copyOf(position);
        }
    }
}
