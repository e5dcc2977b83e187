package com.vibnai.attribution.command;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Serves; with arguments, runs a command instead. */
@QuarkusMain
public final class Main {

    // Quarkus makes a bean of it.
    Main() {}

    /** Of the JVM. */
    public static void main(String... arguments) {
        if (arguments.length == 0) {
            Quarkus.run();
        } else {
            System.exit(AttributionCommand.run(arguments));
        }
    }
}
