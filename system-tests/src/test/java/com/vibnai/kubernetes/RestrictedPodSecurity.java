package com.vibnai.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The {@code restricted} level of the Pod Security Standards, as far as a Linux pod can break it. */
final class RestrictedPodSecurity {

    private static final Set<String> VOLUMES = Set.of(
            "name",
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "persistentVolumeClaim",
            "projected",
            "secret");

    private RestrictedPodSecurity() {}

    /** What an admission controller would refuse {@code spec} for. */
    static List<String> violations(JsonNode spec) {
        List<String> found = new ArrayList<>();
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (spec.path(host).asBoolean()) {
                found.add(host);
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            volume.fieldNames().forEachRemaining(field -> {
                if (!VOLUMES.contains(field)) {
                    found.add("volume of type " + field);
                }
            });
        }
        JsonNode pod = spec.path("securityContext");
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            for (JsonNode container : spec.path(list)) {
                String name = container.path("name").asText() + ": ";
                ofContainer(container, pod).forEach(violation -> found.add(name + violation));
            }
        }
        return found;
    }

    private static List<String> ofContainer(JsonNode container, JsonNode pod) {
        List<String> found = new ArrayList<>();
        JsonNode own = container.path("securityContext");
        if (own.path("privileged").asBoolean()) {
            found.add("privileged");
        }
        if (own.path("allowPrivilegeEscalation").asBoolean(true)) {
            found.add("allowPrivilegeEscalation is not false");
        }
        if (!either(own, pod, "runAsNonRoot").asBoolean()) {
            found.add("runAsNonRoot is not true");
        }
        if (either(own, pod, "runAsUser").asInt(1) == 0) {
            found.add("runs as user 0");
        }
        String seccomp = either(own, pod, "seccompProfile").path("type").asText();
        if (!Set.of("RuntimeDefault", "Localhost").contains(seccomp)) {
            found.add("seccompProfile is '" + seccomp + "'");
        }
        if (!texts(own.path("capabilities").path("drop")).contains("ALL")) {
            found.add("does not drop ALL capabilities");
        }
        if (!Set.of("NET_BIND_SERVICE")
                .containsAll(texts(own.path("capabilities").path("add")))) {
            found.add("adds capabilities");
        }
        for (JsonNode port : container.path("ports")) {
            if (port.has("hostPort")) {
                found.add("hostPort");
            }
        }
        return found;
    }

    private static JsonNode either(JsonNode own, JsonNode pod, String field) {
        return own.has(field) ? own.path(field) : pod.path(field);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
