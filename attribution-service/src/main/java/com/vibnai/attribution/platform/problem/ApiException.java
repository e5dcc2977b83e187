package com.vibnai.attribution.platform.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A refusal that the caller is told about. The detail is written for the caller and holds nothing of the request's. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private ApiException(ProblemType type, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    /** A refusal of this type. */
    public static ApiException of(ProblemType type, String detail) {
        return new ApiException(type, detail, List.of(), null);
    }

    /** 400 because of one field. */
    public static ApiException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** 400 because of these fields. */
    public static ApiException invalid(List<FieldError> errors) {
        return new ApiException(ProblemType.INVALID_REQUEST, "The request has invalid fields.", errors, null);
    }

    /** 503: come back after {@code retryAfter}. */
    public static ApiException unavailable(String detail, Duration retryAfter) {
        return new ApiException(ProblemType.UNAVAILABLE, detail, List.of(), retryAfter);
    }

    ProblemType type() {
        return type;
    }

    /** The fields at fault, if fields are. */
    public List<FieldError> errors() {
        return errors;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
