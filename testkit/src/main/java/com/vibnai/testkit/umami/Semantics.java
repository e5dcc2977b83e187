package com.vibnai.testkit.umami;

/** What a payload's {@code id} (the string form of identify) does to the session, by Umami version. */
public enum Semantics {
    /** To 2.17: ids are ignored, only the object form exists. */
    V2_17(UmamiSchema.V2_13),
    /** 2.18 to 3.1: another session, one for all devices of the id; nothing links it to the anonymous one. */
    V3_1(UmamiSchema.V3_1),
    /** 3.3: the session stays and takes the last id; every id seen leaves a row in session_link. */
    V3_3(UmamiSchema.V3_3),
    /** 3.4 and later: another session for each id and device; rows in session_link. */
    V3_5(UmamiSchema.V3_3);

    private final UmamiSchema schema;

    Semantics(UmamiSchema schema) {
        this.schema = schema;
    }

    /** The schema that an Umami of this version has. */
    public UmamiSchema schema() {
        return schema;
    }

    /** Whether a payload's id is looked at. */
    public boolean knowsIds() {
        return this != V2_17;
    }

    /** Whether ids are recorded in session_link. */
    public boolean linksSessions() {
        return this == V3_3 || this == V3_5;
    }
}
