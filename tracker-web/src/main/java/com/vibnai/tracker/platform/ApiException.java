package com.vibnai.tracker.platform;

import java.util.List;

/** A refusal that the caller is told about. The detail is written for the caller and holds nothing of the request's. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;

    private ApiException(ProblemType type, String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = errors;
    }

    /** A refusal of this type. */
    public static ApiException of(ProblemType type, String detail) {
        return new ApiException(type, detail, List.of());
    }

    /** 400 because of these fields. */
    public static ApiException invalid(List<FieldError> errors) {
        return new ApiException(ProblemType.INVALID_REQUEST, "The request has invalid fields.", errors);
    }

    ProblemType type() {
        return type;
    }

    List<FieldError> errors() {
        return errors;
    }

    String detail() {
        String message = getMessage();
        return message == null ? type.detail() : message;
    }
}
