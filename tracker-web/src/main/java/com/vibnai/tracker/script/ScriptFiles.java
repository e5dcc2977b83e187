package com.vibnai.tracker.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files that the web build left, read once at start. A build that is not whole does not start. */
@Startup
@Singleton
public class ScriptFiles {

    private static final String FOLDER = "/webui/";
    private static final String INTEGRITY = "integrity.json";
    private static final String TYPES = "types.json";
    private static final Map<String, String> FORMS = Map.of("identity", "", "gzip", ".gz", "br", ".br");
    /** Names that change with the content: {@code tracker.0123456789abcdef.js}, or a bundler's {@code part-1A2B3C4D.js}. */
    private static final Pattern HASHED = Pattern.compile(".+[.-]([0-9a-f]{16}|[0-9A-Z]{8})\\.m?js");
    /** Where Deno and esm.sh find the types of a module. */
    private static final Map<String, String> TYPES_OF =
            Map.of("tracker.mjs", "./types/index.d.ts", "react.mjs", "./types/react.d.ts");

    private final Map<String, ServedFile> files = new HashMap<>();
    private final JsonNode integrity;

    ScriptFiles(ObjectMapper json) throws IOException {
        this.integrity = json.readTree(required(INTEGRITY));
        integrity.fieldNames().forEachRemaining(this::addScript);
        add(INTEGRITY, INTEGRITY, "application/json");
        add("types", TYPES, "application/json");
        json.readTree(required(TYPES)).forEach(name -> {
            String file = "types/" + name.asText();
            add(file, file, "text/plain;charset=utf-8");
        });
    }

    Optional<ServedFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** Subresource integrity of a file, for a script tag. */
    public String integrity(String name) {
        return integrity.path(name).asText();
    }

    /** The name of a script, without its ending, that changes with its content. */
    public String immutableName(String script) {
        return files.keySet().stream()
                .filter(name ->
                        name.startsWith(script + ".") && HASHED.matcher(name).matches())
                .findFirst()
                .orElseThrow();
    }

    private void addScript(String name) {
        String types = TYPES_OF.get(name);
        files.put(
                name,
                ServedFile.of(
                        ServedFile.JAVASCRIPT,
                        HASHED.matcher(name).matches() ? ServedFile.FOREVER : ServedFile.AN_HOUR,
                        forms(name),
                        types == null ? Map.of() : Map.of("X-TypeScript-Types", types)));
    }

    private void add(String name, String file, String mediaType) {
        files.put(name, ServedFile.of(mediaType, ServedFile.AN_HOUR, forms(file), Map.of()));
    }

    private static Map<String, byte[]> forms(String file) {
        Map<String, byte[]> forms = new HashMap<>();
        FORMS.forEach((encoding, ending) -> {
            byte[] bytes = ending.isEmpty() ? required(file) : read(file + ending);
            if (bytes != null) {
                forms.put(encoding, bytes);
            }
        });
        return forms;
    }

    private static byte[] required(String file) {
        byte[] bytes = read(file);
        if (bytes == null) {
            throw new IllegalStateException("the browser SDK is not whole in this build: " + file + " is missing");
        }
        return bytes;
    }

    private static byte @Nullable [] read(String file) {
        try (InputStream stream = ScriptFiles.class.getResourceAsStream(FOLDER + file)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
