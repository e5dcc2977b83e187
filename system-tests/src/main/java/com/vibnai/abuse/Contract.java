package com.vibnai.abuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A committed OpenAPI document. */
final class Contract {

    private static final ObjectMapper YAML = new YAMLMapper();

    private final String service;
    private final JsonNode document;

    Contract(String service, JsonNode document) {
        this.service = service;
        this.document = document;
    }

    static Contract read(Path root, String service) throws IOException {
        return new Contract(
                service,
                YAML.readTree(root.resolve("docs/api/" + service + ".yaml").toFile()));
    }

    /** All calls, in the document's order. */
    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (operation.getValue().has("responses")) {
                    calls.add(call(operation.getKey(), path.getKey(), operation.getValue()));
                }
            }
        }
        return calls;
    }

    /** What a reference stands for. */
    JsonNode resolved(JsonNode schema) {
        JsonNode found = schema;
        while (found.has("$ref")) {
            found = document.at(found.path("$ref").asText().substring(1));
        }
        return found.has("anyOf") ? resolved(found.path("anyOf").path(0)) : found;
    }

    private Call call(String method, String path, JsonNode operation) {
        List<Call.Parameter> parameters = new ArrayList<>();
        operation
                .path("parameters")
                .forEach(parameter -> parameters.add(new Call.Parameter(
                        parameter.path("name").asText(),
                        parameter.path("in").asText(),
                        resolved(parameter.path("schema")))));
        List<Call.Body> bodies = new ArrayList<>();
        operation
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(content -> bodies.add(new Call.Body(
                        content.getKey(), resolved(content.getValue().path("schema")), example(content.getValue()))));
        Set<Integer> statuses = new LinkedHashSet<>();
        operation.path("responses").fieldNames().forEachRemaining(status -> {
            if (status.startsWith("2")) {
                statuses.add(Integer.parseInt(status));
            }
        });
        Set<String> scopes = new LinkedHashSet<>();
        operation
                .path("security")
                .forEach(scheme -> scheme.forEach(of -> of.forEach(scope -> scopes.add(scope.asText()))));
        return new Call(service, method.toUpperCase(Locale.ROOT), path, parameters, bodies, statuses, scopes);
    }

    private static @Nullable JsonNode example(JsonNode content) {
        JsonNode first = content.path("examples").elements().hasNext()
                ? content.path("examples").elements().next().path("value")
                : content.path("example");
        return first instanceof MissingNode ? null : first;
    }
}
