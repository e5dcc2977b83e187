/**
 * The commands of the packaged service: {@code java -jar quarkus-run.jar <command>}. None of them starts the service;
 * without a command it serves, and nothing of this package but {@link com.vibnai.attribution.command.Main} is loaded.
 */
@NullMarked
package com.vibnai.attribution.command;

import org.jspecify.annotations.NullMarked;
