package com.vibnai.attribution.command;

import com.vibnai.attribution.platform.security.ApiKeys;
import com.vibnai.attribution.platform.security.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes API keys. A key is shown once and stored nowhere: the service is given its digest. */
@Command(name = "keys", description = "Make an API key, or the digest of one", mixinStandardHelpOptions = true)
final class KeysCommand {

    private static final int KEY_BYTES = 32;

    @Spec
    @Nullable
    CommandSpec spec;

    @Command(name = "new", description = "Make a key and print it, once", mixinStandardHelpOptions = true)
    int create(
            @Option(
                            names = "--name",
                            required = true,
                            description = "Name of the key, letters and digits; it stands in the audit log")
                    String name,
            @Option(
                            names = "--scopes",
                            required = true,
                            split = ",",
                            description = "What it may do: any of ingest, read, admin, with commas")
                    Set<Scope> scopes) {
        if (!name.matches("[A-Za-z][A-Za-z0-9]{0,62}")) {
            throw new ParameterException(command().commandLine(), "--name has to be letters and digits.");
        }
        String key = "sk_" + random();
        String variable = "ATTRIBUTION_API_KEYS_" + name.toUpperCase(Locale.ROOT);
        PrintWriter out = command().commandLine().getOut();
        out.println("Key, shown this once:");
        out.println("  " + key);
        out.println("Its digest:");
        out.println("  " + ApiKeys.sha256(key));
        out.println("For the environment of attribution-service:");
        out.println("  " + variable + "_DIGEST=" + ApiKeys.sha256(key));
        out.println("  " + variable + "_SCOPES=" + names(scopes));
        return 0;
    }

    @Command(
            name = "digest",
            description = "Read a key from the input and print its digest",
            mixinStandardHelpOptions = true)
    int digest() throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String key = input.readLine();
        if (key == null || key.isBlank()) {
            throw new ParameterException(command().commandLine(), "The key has to come on the input.");
        }
        command().commandLine().getOut().println(ApiKeys.sha256(key.strip()));
        return 0;
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }

    private static String names(Set<Scope> scopes) {
        return scopes.stream()
                .sorted()
                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    private static String random() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
