package com.vibnai.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.vibnai.stage.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docker-compose.yml, and the .env that docker/make-env makes for it. */
class ComposeIT {

    private static final Path FILE = Kubectl.ROOT.resolve("docker-compose.yml");

    @ParameterizedTest
    @ValueSource(strings = {"attribution-service", "umami-query-service", "tracker-web"})
    void setsOnlyWhatTheServicesRead(String name) throws IOException {
        ServiceConfiguration configuration = ServiceConfiguration.of(Kubectl.ROOT, name);
        JsonNode service = compose().at("/services/" + name);

        assertThat(service.path("environment").fieldNames())
                .toIterable()
                .isNotEmpty()
                .allMatch(configuration::reads);
        assertThat(service.at("/ports/0").asText()).endsWith(":" + configuration.port("http"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"attribution-service", "umami-query-service", "tracker-web", "demo-site"})
    void runsTheServicesReadOnlyAndWithoutPrivileges(String name) throws IOException {
        JsonNode service = compose().at("/services/" + name);

        // YAML's merge key stays as it is written.
        assertThat(service.has("<<") || service.path("read_only").asBoolean()).isTrue();
        JsonNode common = compose().path("x-service");
        assertThat(common.path("read_only").asBoolean()).isTrue();
        assertThat(common.at("/cap_drop/0").asText()).isEqualTo("ALL");
        assertThat(common.path("mem_limit").asText()).isEqualTo("256m");
    }

    @Test
    void findsEverythingThatItAsksForInTheFileThatMakeEnvMakes(@TempDir Path folder) throws IOException {
        Path env = folder.resolve("env");
        makeEnv(env);
        Set<String> made = new TreeSet<>();
        Files.readAllLines(env).stream()
                .filter(line -> line.matches("[A-Z_]+=.+"))
                .forEach(line -> made.add(line.substring(0, line.indexOf('='))));

        Set<String> asked = new TreeSet<>();
        Pattern.compile("\\$\\{([A-Z_]+)(:-)?")
                .matcher(Files.readString(FILE))
                .results()
                .filter(match -> match.group(2) == null)
                .map(MatchResult::group)
                .forEach(variable -> asked.add(variable.replaceAll("[^A-Z_]", "")));
        assertThat(asked).isNotEmpty().isSubsetOf(made);
        assertThat(Files.getPosixFilePermissions(env)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void makesOtherKeysEachTimeAndKeepsAFileThatIsThere(@TempDir Path folder) throws IOException {
        makeEnv(folder.resolve("one"));
        makeEnv(folder.resolve("two"));
        String before = Files.readString(folder.resolve("one"));

        assertThat(before).isNotEqualTo(Files.readString(folder.resolve("two")));
        assertThat(catchFailure(() -> makeEnv(folder.resolve("one")))).contains("is there already");
        assertThat(Files.readString(folder.resolve("one"))).isEqualTo(before);
    }

    private static String catchFailure(Runnable action) {
        try {
            action.run();
            return "";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void makeEnv(Path file) {
        Shell.run(
                Duration.ofMinutes(1),
                "sh",
                Kubectl.ROOT.resolve("docker/make-env").toString(),
                file.toString());
    }

    private static JsonNode compose() throws IOException {
        return Kubectl.parse(Files.readString(FILE)).get(0);
    }
}
