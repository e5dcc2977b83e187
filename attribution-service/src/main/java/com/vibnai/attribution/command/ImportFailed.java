package com.vibnai.attribution.command;

/** An import cannot go on; the message says why, for people. */
final class ImportFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImportFailed(String message) {
        super(message, null, false, false);
    }
}
