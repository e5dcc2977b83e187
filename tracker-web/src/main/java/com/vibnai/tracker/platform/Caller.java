package com.vibnai.tracker.platform;

/**
 * Who calls, and under which address they know this service.
 *
 * @param address of the client, not of a proxy in between
 * @param scheme {@code http} or {@code https}, as the client used it
 * @param authority host and, if it is not the scheme's own, port
 * @param throughProxy whether a trusted proxy stands in between
 */
public record Caller(String address, String scheme, String authority, boolean throughProxy) {

    /** The authority without its port. */
    public String host() {
        int bracket = authority.indexOf(']');
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** Address of this service as the client wrote it, without a slash at the end. */
    public String baseUrl() {
        return scheme + "://" + authority;
    }
}
