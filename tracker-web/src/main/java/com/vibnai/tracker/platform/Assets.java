package com.vibnai.tracker.platform;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Small files of this service's own pages. */
public final class Assets {

    private Assets() {}

    /** The text of a file on the class path. */
    public static String text(String path) {
        try (InputStream stream = Assets.class.getResourceAsStream(path)) {
            return new String(Objects.requireNonNull(stream, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For pages of this origin, asked for again each time. */
    public static Response answer(String content, String mediaType) {
        return Response.ok(content, mediaType)
                .header("Cache-Control", "no-cache")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .build();
    }
}
