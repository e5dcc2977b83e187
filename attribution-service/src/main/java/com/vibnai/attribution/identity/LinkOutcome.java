package com.vibnai.attribution.identity;

/** What became of a link that was to be added. */
enum LinkOutcome {
    /** It is new. */
    CREATED(201),
    /** The same claim was made before; one that was taken back stays so. */
    KNOWN(200),
    /** The user has too many links, or the session too many users. */
    REFUSED(409),
    /** The user has been erased. */
    ERASED(410);

    private final int status;

    LinkOutcome(int status) {
        this.status = status;
    }

    /** What a single call answers. */
    int status() {
        return status;
    }
}
