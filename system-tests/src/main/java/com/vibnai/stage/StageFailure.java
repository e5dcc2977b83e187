package com.vibnai.stage;

/** Why a run cannot go on, in one sentence for the person who typed the command. */
public final class StageFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure that is told as it stands, without a stack trace. */
    public StageFailure(String sentence) {
        super(sentence, null, false, false);
    }
}
