package com.vibnai.attribution.acquisition;

import org.jspecify.annotations.Nullable;

/**
 * Signups, and those of them whose first touch is not direct.
 *
 * @param signups all
 * @param attributed of these
 */
record Attributed(long signups, long attributed) {

    static final Attributed NONE = new Attributed(0, 0);

    private static final int ENOUGH = 30;
    private static final int ENOUGH_BEFORE = 100;
    private static final double CLEARLY = 0.8;
    private static final int DEVIATIONS = 3;

    Attributed plus(long more, boolean isAttributed) {
        return new Attributed(signups + more, attributed + (isAttributed ? more : 0));
    }

    @Nullable
    Double share() {
        return signups == 0 ? null : (double) attributed / signups;
    }

    /**
     * Whether the share is clearly lower than before: by a fifth or more, and by three standard deviations of a share of so
     * many signups. Few signups say nothing.
     */
    boolean isDroppedFrom(Attributed before) {
        Double now = share();
        Double usual = before.share();
        if (now == null || usual == null || signups < ENOUGH || before.signups < ENOUGH_BEFORE) {
            return false;
        }
        return now <= usual * CLEARLY && now < usual - DEVIATIONS * Math.sqrt(usual * (1 - usual) / signups);
    }
}
