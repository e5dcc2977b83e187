package com.vibnai.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.vibnai.stage.Shell;
import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Renders overlays as {@code kubectl apply -k} would. */
final class Kubectl {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final YAMLMapper YAML = new YAMLMapper();

    private final String binary;

    private Kubectl(String binary) {
        this.binary = binary;
    }

    /** The one that build/find-kubectl names; empty where there is none. */
    static Optional<Kubectl> find() {
        try {
            return Optional.of(new Kubectl(Shell.run(
                            Duration.ofSeconds(30),
                            ROOT.resolve("build/find-kubectl").toString())
                    .strip()));
        } catch (StageFailure e) {
            return Optional.empty();
        }
    }

    /** The objects of {@code k8s/<folder>}. */
    List<JsonNode> render(String folder) {
        String text = Shell.run(
                Duration.ofMinutes(1),
                binary,
                "kustomize",
                ROOT.resolve("k8s").resolve(folder).toString());
        return parse(text);
    }

    static List<JsonNode> parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
