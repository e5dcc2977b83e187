package com.vibnai.umami.platform.security;

/** What a key may do; a role of Jakarta Security by this name. */
public enum Scope {
    /** Read any user's history. */
    READ,
    /** Accepted so that one key can be configured for both services; allows nothing here. */
    INGEST,
    /** Accepted so that one key can be configured for both services; allows nothing here. */
    ADMIN;

    /** Role of {@link #READ}. */
    public static final String READ_ROLE = "read";

    /** Role of a token that reads one user; calls that have no {@code user_id} in their path do not take it. */
    public static final String USER_READ_ROLE = "user-read";

    /** Role of a token that reads reports and no user. */
    public static final String REPORTS_ROLE = "reports-read";
}
