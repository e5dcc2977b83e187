package com.vibnai.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a packaged service can be told, read from the package itself: its own documented configuration interfaces, the
 * variables that its application.properties names, and what the Quarkus extensions inside declare as read at run time.
 */
final class ServiceConfiguration {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::[^}]*)?}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Properties properties;
    private final Set<String> exact = new HashSet<>();
    private final List<Pattern> patterns = new ArrayList<>();

    private ServiceConfiguration(Properties properties) {
        this.properties = properties;
    }

    /** Reads {@code <service>/target/quarkus-app}. */
    static ServiceConfiguration of(Path root, String service) throws IOException {
        Path app = root.resolve(service).resolve("target/quarkus-app");
        List<Path> jars;
        try (Stream<Path> files = Files.walk(app)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        Path own = jars.stream()
                .filter(jar -> jar.getFileName().toString().startsWith(service + "-"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(service + " is not packaged in " + app));
        String text = new String(entry(own, "application.properties"), StandardCharsets.UTF_8);
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        ServiceConfiguration configuration = new ServiceConfiguration(properties);
        Matcher variables = VARIABLE.matcher(text);
        while (variables.find()) {
            configuration.exact.add(variables.group(1));
        }
        for (Path jar : jars) {
            configuration.addExtension(jar);
        }
        configuration.addOwn(own, jars);
        return configuration;
    }

    /** Whether the service does anything with the environment variable. */
    boolean reads(String variable) {
        return exact.contains(variable)
                || patterns.stream().anyMatch(p -> p.matcher(variable).matches());
    }

    /** The port of a listener: {@code http} or {@code management}. */
    int port(String listener) {
        return Integer.parseInt(properties.getProperty("quarkus." + listener + ".port"));
    }

    private void addExtension(Path jar) throws IOException {
        byte[] model = entry(jar, "META-INF/quarkus-config-doc/quarkus-config-model.json");
        if (model.length > 0) {
            addExtension(JSON.readTree(model));
        }
    }

    private void addExtension(JsonNode node) {
        if (node.path("phase").asText().equals("RUN_TIME")) {
            String variable = node.path("path").path("environmentVariable").asText();
            if (variable.contains("__")) {
                // A name of the user's choice stands between the underscores.
                patterns.add(Pattern.compile(variable.replaceAll("__[A-Z0-9_]+?__", "_[A-Z0-9_]+_")));
            }
            exact.add(variable);
        }
        node.forEach(this::addExtension);
    }

    /** The names as the configuration library itself derives them from our interfaces; {@code *} stands for any name. */
    private void addOwn(Path own, List<Path> jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        try (URLClassLoader loader =
                        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
                JarFile jar = new JarFile(own.toFile())) {
            Class<?> mapping = loader.loadClass("io.smallrye.config.ConfigMapping");
            Class<?> configClass = loader.loadClass("io.smallrye.config.ConfigMappings$ConfigClass");
            for (String name : jar.stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.endsWith("Config.class"))
                    .map(entry -> entry.substring(0, entry.length() - ".class".length())
                            .replace('/', '.'))
                    .toList()) {
                Class<?> type = loader.loadClass(name);
                if (type.isInterface()
                        && Stream.of(type.getAnnotations())
                                .anyMatch(annotation -> annotation.annotationType() == mapping)) {
                    Object described =
                            configClass.getMethod("configClass", Class.class).invoke(null, type);
                    Map<?, ?> found =
                            (Map<?, ?>) configClass.getMethod("getProperties").invoke(described);
                    found.keySet().forEach(property -> addProperty((String) property));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addProperty(String property) {
        String variable = property.replaceAll("\\[\\*]", "")
                .replaceAll("[^A-Za-z0-9*]", "_")
                .toUpperCase(Locale.ROOT)
                .replace("*", "[A-Z0-9_]+");
        patterns.add(Pattern.compile(variable));
    }

    private static byte[] entry(Path jar, String name) {
        try (JarFile file = new JarFile(jar.toFile())) {
            var entry = file.getEntry(name);
            if (entry == null) {
                return new byte[0];
            }
            try (InputStream content = file.getInputStream(entry)) {
                return content.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
