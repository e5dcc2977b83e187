package com.vibnai.tracker.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files that the web build left, read once at start. */
@Singleton
public class ScriptFiles {

    private static final String FOLDER = "/webui/";
    private static final String INTEGRITY = "integrity.json";
    private static final Map<String, String> FORMS = Map.of("identity", "", "gzip", ".gz", "br", ".br");

    private final Map<String, ScriptFile> files = new HashMap<>();
    private final JsonNode integrity;

    ScriptFiles(ObjectMapper json) throws IOException {
        byte[] list = read(INTEGRITY);
        if (list == null) {
            throw new IllegalStateException("the browser SDK is not in this build: " + INTEGRITY + " is missing");
        }
        this.integrity = json.readTree(list);
        integrity.fieldNames().forEachRemaining(name -> files.put(name, file(name, "text/javascript;charset=utf-8")));
        files.put(INTEGRITY, file(INTEGRITY, "application/json"));
        for (String name : List.of("index.d.ts", "react.d.ts", "types.d.ts")) {
            files.put("types/" + name, file("types/" + name, "text/plain;charset=utf-8"));
        }
    }

    Optional<ScriptFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** Subresource integrity of a file, for a script tag. */
    public String integrity(String name) {
        return integrity.get(name).asText();
    }

    /** The name of tracker.js that changes with its content. */
    public String immutableName() {
        return files.keySet().stream()
                .filter(name -> name.matches("tracker\\.[0-9a-f]{16}\\.js"))
                .findFirst()
                .orElseThrow();
    }

    private static ScriptFile file(String name, String mediaType) {
        Map<String, byte[]> forms = new HashMap<>();
        FORMS.forEach((encoding, ending) -> {
            byte[] bytes = read(name + ending);
            if (bytes != null) {
                forms.put(encoding, bytes);
            }
        });
        byte[] content = forms.get("identity");
        if (content == null) {
            throw new IllegalStateException("the browser SDK is not whole in this build: " + name + " is missing");
        }
        return new ScriptFile(mediaType, new EntityTag(sha256(content)), Map.copyOf(forms));
    }

    private static byte @Nullable [] read(String name) {
        try (InputStream stream = ScriptFiles.class.getResourceAsStream(FOLDER + name)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, 32);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
