package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a signup did to the record of its user. */
enum Outcome {
    /** There was none; there is now. */
    @JsonProperty("created")
    CREATED,
    /** There was one; it is unchanged. */
    @JsonProperty("kept")
    KEPT,
    /** There was one with a direct first touch; this signup's non-direct touch took its place, whole. */
    @JsonProperty("upgraded")
    UPGRADED
}
