package com.vibnai.attribution.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What can be done besides serving. */
@Command(
        name = "attribution-service",
        description = "Without a command it serves.",
        mixinStandardHelpOptions = true,
        subcommands = {KeysCommand.class, ImportCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:done", " 1:failed", " 2:wrong arguments"})
final class AttributionCommand {

    private AttributionCommand() {}

    /** Runs one command; answers the exit code. */
    static int run(String... arguments) {
        return line().execute(arguments);
    }

    static CommandLine line() {
        return new CommandLine(new AttributionCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
