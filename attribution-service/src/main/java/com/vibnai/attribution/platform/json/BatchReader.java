package com.vibnai.attribution.platform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.FieldError;
import com.vibnai.attribution.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a batch: a JSON array, or one JSON object a line. An entry that is wrong does not spoil its neighbours; a body that
 * is no batch at all is a 400.
 */
@Singleton
public class BatchReader {

    /** Media type of one JSON object a line. */
    public static final String NDJSON = "application/x-ndjson";

    private static final List<FieldError> NO_JSON = List.of(new FieldError("", "is not a JSON object"));

    private final ObjectReader json;
    private final BodyReader bodies;
    private final BodyLimits limits;

    BatchReader(ObjectMapper json, BodyReader bodies, BodyLimits limits) {
        // Amounts of money pass through the tree without loss.
        this.json = json.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        this.bodies = bodies;
        this.limits = limits;
    }

    /** The entries, in order; 400 or 413 if there is no batch or too large a one. */
    public <T> List<BatchEntry<T>> read(byte[] body, Class<T> type) {
        if (body.length > limits.batchBody()) {
            throw ApiException.of(
                    ProblemType.PAYLOAD_TOO_LARGE, "A batch has at most " + limits.batchBody() + " bytes.");
        }
        String text = text(body);
        List<BatchEntry<T>> entries = text.stripLeading().startsWith("[") ? array(text, type) : lines(text, type);
        if (entries.isEmpty()) {
            throw ApiException.of(ProblemType.INVALID_REQUEST, "The batch is empty.");
        }
        return entries;
    }

    /** Strictly: what is put in the place of a byte that is no UTF-8 would be stored for good. */
    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.of(ProblemType.INVALID_REQUEST, "The body is not UTF-8.");
        }
    }

    private <T> List<BatchEntry<T>> array(String text, Class<T> type) {
        List<BatchEntry<T>> entries = new ArrayList<>();
        try {
            for (JsonNode node : json.readTree(text)) {
                entries.add(entry(checked(entries.size()), node, type));
            }
        } catch (JsonProcessingException e) {
            throw ApiException.of(
                    ProblemType.INVALID_REQUEST, "The body is neither a JSON array nor one JSON object a line.");
        }
        return entries;
    }

    private <T> List<BatchEntry<T>> lines(String text, Class<T> type) {
        List<BatchEntry<T>> entries = new ArrayList<>();
        text.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> entries.add(line(checked(entries.size()), line, type)));
        return entries;
    }

    private <T> BatchEntry<T> line(int index, String line, Class<T> type) {
        try {
            return entry(index, json.readTree(line), type);
        } catch (JsonProcessingException e) {
            return new BatchEntry<>(index, null, NO_JSON);
        }
    }

    private <T> BatchEntry<T> entry(int index, JsonNode node, Class<T> type) {
        if (!node.isObject()) {
            return new BatchEntry<>(index, null, NO_JSON);
        }
        try {
            T value = json.forType(type).readValue(node);
            List<FieldError> errors = bodies.errors(value);
            return new BatchEntry<>(index, errors.isEmpty() ? value : null, errors);
        } catch (JsonMappingException e) {
            return new BatchEntry<>(index, null, List.of(BodyReader.wrongType(e)));
        } catch (IOException e) {
            return new BatchEntry<>(index, null, NO_JSON);
        }
    }

    private int checked(int index) {
        if (index >= limits.batchItems()) {
            throw ApiException.of(
                    ProblemType.PAYLOAD_TOO_LARGE, "A batch has at most " + limits.batchItems() + " entries.");
        }
        return index;
    }
}
