package com.vibnai.attribution.conversion;

import org.jspecify.annotations.Nullable;

/**
 * What became of a conversion that was to be written.
 *
 * @param outcome what happened
 * @param stored the conversion that has the key now; absent when its user has been erased meanwhile
 */
record Written(Outcome outcome, @Nullable ConversionResponse stored) {

    /** What can happen. */
    enum Outcome {
        /** It is new. */
        CREATED(201),
        /** It was there already, the same. */
        KNOWN(200),
        /** Another one has its key. */
        CONFLICT(409),
        /** Its user has been erased. */
        ERASED(410);

        private final int status;

        Outcome(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
