package com.vibnai.abuse;

/**
 * A way to do harm.
 *
 * @param name for the command line
 * @param what in words
 * @param step does it, and returns when it is over
 */
record Attack(String name, String what, Step step) {

    /** What an attack does. */
    @FunctionalInterface
    interface Step {
        void run(Stage stage, Findings findings) throws Exception;
    }
}
