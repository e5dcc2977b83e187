package com.vibnai.attribution.platform.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.FieldError;
import com.vibnai.attribution.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads a body as JSON whatever its content type says (a beacon is {@code text/plain}), validates it, and answers 400
 * with the fields at fault. Values never appear in a message: a body may hold secrets that nobody asked for.
 */
@Singleton
public class BodyReader {

    private final ObjectMapper json;
    private final Validator validator;
    private final BodyLimits limits;

    BodyReader(ObjectMapper json, Validator validator, BodyLimits limits) {
        this.json = json;
        this.validator = validator;
        this.limits = limits;
    }

    /** The body as a valid {@code type}; 400 or 413 otherwise. */
    public <T> T read(byte[] body, Class<T> type) {
        if (body.length > limits.body()) {
            throw ApiException.of(ProblemType.PAYLOAD_TOO_LARGE, "A body has at most " + limits.body() + " bytes.");
        }
        T value = parse(body, type);
        List<FieldError> errors = errors(value);
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
        return value;
    }

    /** What is wrong with the fields of a value. */
    <T> List<FieldError> errors(T value) {
        return validator.validate(value).stream()
                .map(violation ->
                        new FieldError(snake(violation.getPropertyPath().toString()), violation.getMessage()))
                .sorted((a, b) -> a.field().compareTo(b.field()))
                .toList();
    }

    /** The field that could not be read. */
    static FieldError wrongType(JsonMappingException e) {
        return new FieldError(field(e), "has the wrong type or form");
    }

    private <T> T parse(byte[] body, Class<T> type) {
        try {
            T value = json.readValue(body, type);
            if (value == null) {
                throw ApiException.of(ProblemType.INVALID_REQUEST, "The body has to be a JSON object.");
            }
            return value;
        } catch (JsonMappingException e) {
            throw e.getPath().isEmpty()
                    ? ApiException.of(ProblemType.INVALID_REQUEST, "The body has to be a JSON object.")
                    : ApiException.invalid(List.of(wrongType(e)));
        } catch (JsonParseException e) {
            throw ApiException.of(
                    ProblemType.INVALID_REQUEST,
                    "The body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ".");
        } catch (JsonProcessingException e) {
            throw ApiException.of(ProblemType.INVALID_REQUEST, "The body is not JSON.");
        } catch (IOException e) {
            throw ApiException.of(ProblemType.INVALID_REQUEST, "The body cannot be read.");
        }
    }

    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(reference -> reference.getFieldName() == null
                        ? Integer.toString(reference.getIndex())
                        : reference.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String snake(String path) {
        return path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
