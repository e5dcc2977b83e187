package com.vibnai.quickstart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where the packaged services are, and how their JVMs are started and ended. */
interface Packaging {

    /** The jar to start. */
    Path jar(String service);

    /** Options of the JVM. */
    List<String> options(String service);

    /** How long a service may take until it is ready. */
    Duration readyWithin();

    /** How long a process may take to end by itself. */
    int stopSeconds();
}
