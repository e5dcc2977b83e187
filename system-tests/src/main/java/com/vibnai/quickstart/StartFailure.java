package com.vibnai.quickstart;

/** Why the quickstart cannot go on, in one sentence for the person who typed it. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure that is told as it stands, without a stack trace. */
    public StartFailure(String sentence) {
        super(sentence, null, false, false);
    }
}
