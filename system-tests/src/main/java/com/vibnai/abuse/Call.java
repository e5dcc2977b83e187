package com.vibnai.abuse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call of a contract.
 *
 * @param service its name
 * @param path with its parameters in braces
 * @param bodies schema and examples of a body by media type; empty if it takes none
 * @param statuses of success that the contract names
 * @param scopes one of which a caller needs; empty if everybody may call
 */
record Call(
        String service,
        String method,
        String path,
        List<Parameter> parameters,
        List<Body> bodies,
        Set<Integer> statuses,
        Set<String> scopes) {

    /** A parameter in the path, the query or a header. */
    record Parameter(String name, String in, JsonNode schema) {}

    /** A body of one media type. */
    record Body(String mediaType, JsonNode schema, @Nullable JsonNode example) {}

    @Override
    public String toString() {
        return service + " " + method + " " + path;
    }
}
