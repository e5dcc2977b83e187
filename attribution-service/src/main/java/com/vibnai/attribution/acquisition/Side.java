package com.vibnai.attribution.acquisition;

/** Which of a user's two touches. */
enum Side {
    FIRST,
    LAST;

    String label() {
        return this == FIRST ? "first" : "last";
    }
}
