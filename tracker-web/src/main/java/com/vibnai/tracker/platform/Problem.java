package com.vibnai.tracker.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Body of every error, RFC 9457.
 *
 * @param type what the problem is, a URN that programs may compare
 * @param title the same for people
 * @param status HTTP status
 * @param detail what to do about this occurrence
 * @param instance path of the request
 * @param errors the fields at fault, if fields are
 */
@Schema(name = "Problem", description = "RFC 9457 problem details")
public record Problem(
        @Schema(examples = "urn:vibn:problem:invalid-request")
        String type,

        @Schema(examples = "Invalid request") String title,
        @Schema(examples = "400") int status,

        @Schema(examples = "The request has invalid fields.")
        String detail,

        @Schema(examples = "/v1/touch") String instance,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    /** Media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The body for an occurrence of this type. */
    public static Problem of(ProblemType type, String detail, String instance, List<FieldError> errors) {
        return new Problem(type.uri(), type.title(), type.status(), detail, instance, errors);
    }
}
