package com.vibnai.umami.source;

/**
 * Something that visitors do on a site.
 *
 * @param value of a path: {@code *} stands for any characters; of an event: its name; empty for any page view
 */
public record Action(Kind kind, String value) {

    /** What kind of event it is. */
    public enum Kind {
        /** Any page view. */
        VISIT,
        /** A page view of a path. */
        PATH,
        /** A custom event. */
        EVENT
    }
}
