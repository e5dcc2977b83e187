package com.vibnai.kubernetes;

import com.vibnai.stage.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the demo's generate-secrets.sh with a kubectl that keeps secrets in a folder. */
final class GeneratedSecrets {

    /** Does of kubectl what the script uses: create secret generic, get secret with a template for one key. */
    private static final String KUBECTL = """
            #!/bin/sh
            set -eu
            if [ "$1" = get ]; then
                [ -d "$SECRETS/$3" ] || exit 1
                case "${4:-}" in
                    --output=go-template=*)
                        key=$(printf %s "$4" | sed -n 's/.*index .data "\\([^"]*\\)" | base64decode.*/\\1/p')
                        cat "$SECRETS/$3/$key"
                        ;;
                esac
                exit 0
            fi
            [ "$1 $2 $3" = "create secret generic" ]
            name=$4
            shift 4
            mkdir "$SECRETS/$name"
            for argument; do
                pair=${argument#--from-literal=}
                printf %s "${pair#*=}" > "$SECRETS/$name/${pair%%=*}"
            done
            """;

    private GeneratedSecrets() {}

    /** The secrets after a run, by name and key. */
    static Map<String, Map<String, String>> run(Path folder) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Path kubectl = bin.resolve("kubectl");
        Files.writeString(kubectl, KUBECTL);
        Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwxr-xr-x"));
        Shell.run(
                Duration.ofMinutes(1),
                Map.of("PATH", bin + ":" + System.getenv("PATH"), "SECRETS", secrets.toString()),
                List.of(
                        "sh",
                        Kubectl.ROOT
                                .resolve("k8s/components/generated-secrets/generate-secrets.sh")
                                .toString()));
        Map<String, Map<String, String>> found = new HashMap<>();
        for (Path secret : list(secrets)) {
            Map<String, String> data = new HashMap<>();
            for (Path key : list(secret)) {
                data.put(key.getFileName().toString(), Files.readString(key));
            }
            found.put(secret.getFileName().toString(), data);
        }
        return found;
    }

    static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
