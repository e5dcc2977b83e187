package com.vibnai.bench;

/** One subject that can be measured by itself. */
interface Part {

    /** Measures and notes. */
    void run(Run run) throws Exception;
}
