package com.vibnai.tracker.platform;

import java.util.Arrays;
import java.util.Locale;

/** Everything that can be wrong. */
public enum ProblemType {
    INVALID_REQUEST(400, "Invalid request", "This is no request that can be understood."),
    FORBIDDEN(403, "Forbidden", "This page may not do that."),
    NOT_FOUND(404, "Not found", "There is nothing here."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "This address does not take this method."),
    NOT_ACCEPTABLE(406, "Not acceptable", "This address has no form that the caller accepts."),
    PAYLOAD_TOO_LARGE(413, "Payload too large", "The body is too large."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "The body has to be JSON or text."),
    TOO_MANY_REQUESTS(429, "Too many requests", "Too many requests from this address; slow down."),
    INTERNAL(500, "Internal error", "Unexpected failure."),
    BAD_GATEWAY(502, "Bad gateway", "The service behind this address failed."),
    UNAVAILABLE(503, "Unavailable", "The service behind this address cannot be reached."),
    TIMEOUT(504, "Timed out", "The service behind this address did not answer in time.");

    private final int status;
    private final String title;
    private final String detail;

    ProblemType(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    /** The type for what the framework refuses with this status. */
    public static ProblemType ofStatus(int status) {
        return Arrays.stream(values())
                .filter(type -> type.status == status)
                .findFirst()
                .orElse(status < 500 ? INVALID_REQUEST : INTERNAL);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Short text for people. */
    public String title() {
        return title;
    }

    /** What to say where nothing more is known. */
    public String detail() {
        return detail;
    }

    /** {@code urn:vibn:problem:not-found}. */
    public String uri() {
        return "urn:vibn:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
