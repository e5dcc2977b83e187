package com.vibnai.attribution.channel;

/** What is wrong with a rule file, and in which line. */
final class RuleFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RuleFileException(String file, int line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }
}
