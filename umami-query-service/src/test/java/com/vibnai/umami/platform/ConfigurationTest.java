package com.vibnai.umami.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be configured stands in the README, and what stands there can be configured. */
class ConfigurationTest {

    private static final Pattern VARIABLE = Pattern.compile("`(…_[A-Z_<>]+|[A-Z][A-Z_<>]+_[A-Z_<>]+)`");

    /** Given by a name of its own in application.properties. */
    private static final Map<String, String> NAMED = Map.of("UMAMI_READ_TOKENS_SECRETS", "READ_TOKEN_SECRET");

    /** Of the datasource. */
    private static final Set<String> DATABASE = Set.of("UMAMI_DB_URL", "UMAMI_DB_USER", "UMAMI_DB_PASSWORD");

    @Test
    void standsInTheReadmeAsItIs() throws IOException {
        Set<String> keys = new TreeSet<>(DATABASE);
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("com.vibnai.umami").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::reflect)
                        .flatMap(type ->
                                keys(type.getAnnotation(ConfigMapping.class).prefix(), type))
                        .map(ConfigurationTest::variable)
                        .forEach(keys::add);

        assertThat(keys).hasSizeGreaterThan(40);
        assertThat(documented()).isEqualTo(keys);
    }

    private static Stream<String> keys(String prefix, Class<?> mapping) {
        return Arrays.stream(mapping.getDeclaredMethods())
                .filter(method -> !method.isDefault() && !method.isSynthetic())
                .flatMap(method -> keys(prefix + "." + kebab(method.getName()), method));
    }

    private static Stream<String> keys(String name, Method method) {
        Class<?> type = method.getReturnType();
        if (type == Map.class) {
            ParameterizedType map = (ParameterizedType) method.getGenericReturnType();
            return keys(name + ".<name>", (Class<?>) map.getActualTypeArguments()[1]);
        }
        return type.isInterface() && type.getEnclosingClass() != null ? keys(name, type) : Stream.of(name);
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String variable(String key) {
        String variable = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return NAMED.getOrDefault(variable, variable)
                .replaceAll("_(SESSION_LINK|DISTINCT_ID|SESSION_DATA)_(?=[A-Z]+$)", "_<WAY>_");
    }

    /** The first column of the service's table. A name that begins with … is the one before with another end. */
    private static Set<String> documented() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String section = readme.substring(readme.indexOf("**umami-query-service**, port"));
        Set<String> names = new TreeSet<>();
        String before = "";
        for (String line : section.substring(0, section.indexOf("**tracker-web**"))
                .lines()
                .filter(row -> row.startsWith("| `"))
                .toList()) {
            Matcher cell = VARIABLE.matcher(line.substring(0, line.indexOf(" | ")));
            while (cell.find()) {
                String name = cell.group(1);
                before = name.startsWith("…") ? before.replaceFirst("_[A-Z]+$", "") + name.substring(1) : name;
                names.add(before);
            }
        }
        return names;
    }
}
