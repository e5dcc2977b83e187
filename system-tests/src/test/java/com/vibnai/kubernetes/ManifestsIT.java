package com.vibnai.kubernetes;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every overlay, rendered as kubectl does. */
class ManifestsIT {

    /** Kinds of operators, whose schemas no released client carries. */
    private static final Set<String> CUSTOM = Set.of("ServiceMonitor", "PrometheusRule", "ExternalSecret");

    private static final Set<String> SERVICES = Set.of("attribution-service", "umami-query-service", "tracker-web");
    private static final Pattern PINNED =
            Pattern.compile("[^:@]+(/[^:@]+)*:v?\\d+\\.\\d+[\\w.-]*(@sha256:[0-9a-f]{64})?");
    private static final Set<String> PROBES = Set.of("startupProbe", "readinessProbe", "livenessProbe");
    private static final Map<String, List<JsonNode>> RENDERED = new HashMap<>();

    @BeforeAll
    static void render() throws IOException {
        Optional<Kubectl> kubectl = Kubectl.find();
        assumeTrue(
                kubectl.isPresent(),
                "SKIPPED: k8s/ is not tested, there is no kubectl from 1.27 on this machine and build/preflight could"
                        + " bring none. Set KUBECTL to one.");
        for (String overlay : overlays().toList()) {
            RENDERED.put(overlay, kubectl.orElseThrow().render("overlays/" + overlay));
        }
    }

    static Stream<String> overlays() throws IOException {
        try (Stream<Path> folders = Files.list(Kubectl.ROOT.resolve("k8s/overlays"))) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    static Stream<String[]> overlaysAndVersions() throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("target/kubernetes"))) {
            List<String> names = versions.map(Path::toString).sorted().toList();
            assertThat(names).hasSize(2);
            return overlays().flatMap(overlay -> names.stream().map(name -> new String[] {overlay, name}));
        }
    }

    @ParameterizedTest
    @MethodSource("overlaysAndVersions")
    void isWhatTheApiOfThatVersionTakes(String overlay, String version) throws IOException {
        List<String> complaints = new ArrayList<>();
        try (ApiVersion api = new ApiVersion(Path.of(version))) {
            for (JsonNode object : RENDERED.get(overlay)) {
                if (!CUSTOM.contains(kind(object))) {
                    api.complaint(object).ifPresent(complaint -> complaints.add(title(object) + ": " + complaint));
                }
            }
        }

        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imagee: x",
                "image: 3",
                "image: x, ports: [{containerPort: http}]",
                "image: x, livenessProbe: {httpGett: {port: 1}}",
            })
    void theApiRefusesWhatIsWrong(String container) throws IOException {
        JsonNode broken = Kubectl.parse("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a}
                spec: {selector: {}, template: {spec: {containers: [{name: x, %s}]}}}
                """.formatted(container)).get(0);
        for (String[] pair : overlaysAndVersions().toList()) {
            try (ApiVersion api = new ApiVersion(Path.of(pair[1]))) {
                assertThat(api.complaint(broken)).isPresent();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void runsUnderTheRestrictedPodSecurityLevel(String overlay) {
        assertThat(pods(overlay).flatMap(pod -> RestrictedPodSecurity.violations(spec(pod)).stream()
                        .map(violation -> title(pod) + ": " + violation)))
                .isEmpty();
        assertThat(objects(overlay, "Namespace"))
                .allSatisfy(namespace -> assertThat(namespace
                                .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                                .asText())
                        .isEqualTo("restricted"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void pinsEveryImage(String overlay) {
        assertThat(containers(overlay).map(container -> container.path("image").asText()))
                .isNotEmpty()
                .allMatch(image -> PINNED.matcher(image).matches());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void limitsEveryContainerAndLeavesItsFilesAlone(String overlay) {
        assertThat(containers(overlay)).allSatisfy(container -> {
            assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            if (!container.path("name").asText().equals("umami")) {
                assertThat(container
                                .at("/securityContext/readOnlyRootFilesystem")
                                .asBoolean())
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void refersOnlyToKeysThatConfigMapsAndSecretsHave(String overlay) throws IOException {
        Map<String, Set<String>> configMaps =
                objects(overlay, "ConfigMap").collect(toMap(map -> name(map), map -> fields(map.path("data"))));
        Map<String, Set<String>> secrets = secrets(overlay);

        for (JsonNode reference : (Iterable<JsonNode>) pods(overlay).flatMap(ManifestsIT::references)::iterator) {
            boolean isSecret = reference.has("secretKeyRef") || reference.has("secretRef") || reference.has("secret");
            JsonNode target = reference.elements().next();
            String name = target.has("secretName")
                    ? target.path("secretName").asText()
                    : target.path("name").asText();
            Map<String, Set<String>> known = isSecret ? secrets : configMaps;
            assertThat(known).containsKey(name);
            if (target.has("key")) {
                assertThat(known.get(name)).contains(target.path("key").asText());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void holdsNoSecret(String overlay) {
        assertThat(objects(overlay, "Secret")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void asksEachServiceOnlyAtPortsAndPathsThatItHas(String overlay) throws IOException {
        for (JsonNode pod : (Iterable<JsonNode>) pods(overlay)::iterator) {
            if (!SERVICES.contains(name(pod))) {
                continue;
            }
            ServiceConfiguration configuration = ServiceConfiguration.of(Kubectl.ROOT, name(pod));
            JsonNode container = spec(pod).path("containers").get(0);
            assertThat(ports(container))
                    .isEqualTo(
                            Map.of("http", configuration.port("http"), "management", configuration.port("management")));
            for (String probe : PROBES) {
                assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("management");
            }
            assertThat(PROBES.stream()
                            .map(probe ->
                                    container.at("/" + probe + "/httpGet/path").asText())
                            .toList())
                    .containsExactlyInAnyOrder("/q/health/started", "/q/health/ready", "/q/health/live");
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void pointsEachServiceAndIngressAtPortsThatExist(String overlay) {
        Map<String, Set<String>> portsByApp = pods(overlay)
                .collect(toMap(
                        pod -> pod.at("/spec/template/metadata/labels/app.kubernetes.io~1name")
                                .asText(),
                        pod -> ports(spec(pod).path("containers").get(0)).keySet()));
        Map<String, Set<String>> servicePorts = new HashMap<>();
        for (JsonNode service : (Iterable<JsonNode>) objects(overlay, "Service")::iterator) {
            String app = service.at("/spec/selector/app.kubernetes.io~1name").asText();
            for (JsonNode port : service.at("/spec/ports")) {
                assertThat(portsByApp.get(app)).contains(port.path("targetPort").asText());
                servicePorts
                        .computeIfAbsent(name(service), ignored -> new HashSet<>())
                        .add(port.path("name").asText());
            }
        }
        objects(overlay, "Ingress")
                .flatMap(ingress -> elements(ingress.at("/spec/rules")))
                .flatMap(rule -> elements(rule.at("/http/paths")))
                .map(path -> path.at("/backend/service"))
                .forEach(backend -> assertThat(
                                servicePorts.get(backend.path("name").asText()))
                        .contains(backend.at("/port/name").asText()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void setsOnlyWhatTheServicesRead(String overlay) throws IOException {
        Map<String, Set<String>> configMaps =
                objects(overlay, "ConfigMap").collect(toMap(map -> name(map), map -> fields(map.path("data"))));
        List<String> unread = new ArrayList<>();
        for (JsonNode pod : (Iterable<JsonNode>) pods(overlay)::iterator) {
            if (!SERVICES.contains(name(pod))) {
                continue;
            }
            ServiceConfiguration configuration = ServiceConfiguration.of(Kubectl.ROOT, name(pod));
            JsonNode container = spec(pod).path("containers").get(0);
            Set<String> variables = new HashSet<>();
            elements(container.path("env"))
                    .forEach(variable -> variables.add(variable.path("name").asText()));
            elements(container.path("envFrom"))
                    .forEach(from -> variables.addAll(
                            configMaps.get(from.at("/configMapRef/name").asText())));
            assertThat(variables).isNotEmpty();
            variables.stream()
                    .filter(variable -> !configuration.reads(variable))
                    .forEach(variable -> unread.add(name(pod) + ": " + variable));
        }

        assertThat(unread).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attribution-service", "umami-query-service", "tracker-web"})
    void knowsWhatAServiceReadsAndWhatNot(String service) throws IOException {
        ServiceConfiguration configuration = ServiceConfiguration.of(Kubectl.ROOT, service);

        assertThat(configuration.reads("QUARKUS_SHUTDOWN_DELAY")).isTrue();
        assertThat(configuration.reads("QUARKUS_SHUTDOWN_DELY")).isFalse();
        assertThat(configuration.reads("ATTRIBUTION_API_KEYS_SERVER_DIGEST"))
                .isEqualTo(service.startsWith("attribution"));
        assertThat(configuration.reads("ATTRIBUTION_API_KEYS_SERVER_DIGESTS")).isFalse();
        // Fixed when the service was built.
        assertThat(configuration.reads("QUARKUS_MANAGEMENT_ENABLED")).isFalse();
    }

    @Test
    void generatesSecretsThatBelongTogether(@TempDir Path folder) throws IOException {
        Map<String, Map<String, String>> made = GeneratedSecrets.run(folder);
        Map<String, Map<String, String>> again = GeneratedSecrets.run(folder);

        Map<String, String> people = made.get("demo-keys");
        Map<String, String> attribution = made.get("attribution-service");
        assertThat(attribution.get("server-key-digest")).isEqualTo(GeneratedSecrets.digest(people.get("server-key")));
        assertThat(attribution.get("query-key-digest")).isEqualTo(GeneratedSecrets.digest(people.get("query-key")));
        assertThat(attribution.get("signing-secrets"))
                .isEqualTo(people.get("signing-secret"))
                .hasSizeGreaterThan(31);
        assertThat(made.get("umami-query-service").get("attribution-key")).isEqualTo(people.get("query-key"));
        assertThat(made.get("umami").get("app-secret"))
                .isNotEqualTo(made.get("umami").get("admin-password"));
        assertThat(again).isEqualTo(made);
    }

    /** In production the secret store fills them, in a demo the generator. */
    private static Map<String, Set<String>> secrets(String overlay) throws IOException {
        Map<String, Set<String>> secrets = new HashMap<>();
        objects(overlay, "ExternalSecret")
                .forEach(external -> secrets.put(
                        external.at("/spec/target/name").asText(),
                        elements(external.at("/spec/data"))
                                .map(entry -> entry.path("secretKey").asText())
                                .collect(toSet())));
        if (objects(overlay, "Job").anyMatch(job -> name(job).equals("generate-secrets"))) {
            Path folder = Files.createTempDirectory("secrets-");
            GeneratedSecrets.run(folder).forEach((name, data) -> secrets.put(name, data.keySet()));
        }
        return secrets;
    }

    private static Stream<JsonNode> references(JsonNode pod) {
        JsonNode spec = spec(pod);
        Stream<JsonNode> variables = elements(spec.path("containers"))
                .flatMap(container -> Stream.concat(
                        elements(container.path("env"))
                                .filter(variable -> variable.has("valueFrom"))
                                .map(variable -> variable.path("valueFrom")),
                        elements(container.path("envFrom"))));
        Stream<JsonNode> volumes = elements(spec.path("volumes"))
                .filter(volume -> volume.has("configMap") || volume.has("secret"))
                .map(volume -> ((com.fasterxml.jackson.databind.node.ObjectNode) volume.deepCopy()).without("name"));
        return Stream.concat(variables, volumes);
    }

    private static Map<String, Integer> ports(JsonNode container) {
        return elements(container.path("ports"))
                .collect(toMap(port -> port.path("name").asText(), port -> port.path("containerPort")
                        .asInt()));
    }

    private static Stream<JsonNode> pods(String overlay) {
        return RENDERED.get(overlay).stream()
                .filter(object -> object.at("/spec/template/spec").isObject());
    }

    private static Stream<JsonNode> containers(String overlay) {
        return pods(overlay)
                .flatMap(pod -> Stream.concat(
                        elements(spec(pod).path("initContainers")),
                        elements(spec(pod).path("containers"))));
    }

    private static Stream<JsonNode> objects(String overlay, String kind) {
        return RENDERED.get(overlay).stream().filter(object -> kind(object).equals(kind));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Set<String> fields(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode spec(JsonNode pod) {
        return pod.at("/spec/template/spec");
    }

    private static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    private static String title(JsonNode object) {
        return kind(object) + " " + name(object);
    }
}
