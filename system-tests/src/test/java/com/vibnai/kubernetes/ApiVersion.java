package com.vibnai.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One version of the Kubernetes API, by the official Java client's classes, which are generated from its OpenAPI document:
 * they refuse unknown fields and miss required ones. Each version has a class loader of its own.
 */
final class ApiVersion implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private final URLClassLoader classes;

    /** Takes the jars of {@code folder}. */
    ApiVersion(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            this.classes = new URLClassLoader(
                    jars.map(ApiVersion::url).toArray(URL[]::new), ApiVersion.class.getClassLoader());
        }
    }

    /** What the API server would say against {@code object}; empty if nothing. */
    Optional<String> complaint(JsonNode object) {
        String kind = object.path("kind").asText();
        try {
            Class<?> model = classes.loadClass(MODELS + version(object) + kind);
            Class<?> element = classes.loadClass("com.google.gson.JsonElement");
            Object parsed = classes.loadClass("com.google.gson.JsonParser")
                    .getMethod("parseString", String.class)
                    .invoke(null, object.toString());
            model.getMethod("validateJsonElement", element).invoke(null, parsed);
            Class<?> json = classes.loadClass("io.kubernetes.client.openapi.JSON");
            Object gson = json.getMethod("getGson").invoke(null);
            Object read = gson.getClass()
                    .getMethod("fromJson", String.class, Class.class)
                    .invoke(gson, object.toString(), model);
            Object written = gson.getClass().getMethod("toJson", Object.class).invoke(gson, read);
            return difference("", object, JSON.readTree((String) written));
        } catch (ClassNotFoundException e) {
            return Optional.of("is of no kind that this version has: " + e.getMessage());
        } catch (InvocationTargetException e) {
            return Optional.of(String.valueOf(e.getCause().getMessage()));
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A number where the API has a text, or the other way round, comes back as the other: the server would refuse it. */
    private static Optional<String> difference(String path, JsonNode given, JsonNode read) {
        if (given.isObject()) {
            for (Map.Entry<String, JsonNode> field : given.properties()) {
                Optional<String> below =
                        difference(path + "/" + field.getKey(), field.getValue(), read.path(field.getKey()));
                if (below.isPresent()) {
                    return below;
                }
            }
            return Optional.empty();
        }
        if (given.isArray()) {
            for (int i = 0; i < given.size(); i++) {
                Optional<String> below = difference(path + "/" + i, given.get(i), read.path(i));
                if (below.isPresent()) {
                    return below;
                }
            }
            return Optional.empty();
        }
        return given.getNodeType() == read.getNodeType()
                ? Optional.empty()
                : Optional.of(path + " is a " + given.getNodeType().name().toLowerCase(Locale.ROOT)
                        + " where the API has a " + read.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    private static String version(JsonNode object) {
        String version = object.path("apiVersion").asText();
        String last = List.of(version.split("/", -1)).get(version.contains("/") ? 1 : 0);
        return last.toUpperCase(Locale.ROOT).substring(0, 1) + last.substring(1);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
