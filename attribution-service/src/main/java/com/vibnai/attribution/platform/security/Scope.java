package com.vibnai.attribution.platform.security;

/** What a key may do; a role of Jakarta Security by this name. */
public enum Scope {
    /** Write signups, links and conversions. */
    INGEST,
    /** Read records, segments and reports. */
    READ,
    /** Erase, unlink, hand out all that is held of a person. */
    ADMIN;

    /** Role of {@link #INGEST}. */
    public static final String INGEST_ROLE = "ingest";
    /** Role of {@link #READ}. */
    public static final String READ_ROLE = "read";
    /** Role of {@link #ADMIN}. */
    public static final String ADMIN_ROLE = "admin";
    /** Role of a token that reads one user: records, conversions and segments of that user. */
    public static final String USER_READ_ROLE = "read:user";
    /** Role of a token that reads reports and no user. */
    public static final String REPORTS_ROLE = "read:reports";
    /** Role of a publishable key: may send what carries proof of its user id, and nothing else. */
    public static final String BROWSER_ROLE = "browser";
}
