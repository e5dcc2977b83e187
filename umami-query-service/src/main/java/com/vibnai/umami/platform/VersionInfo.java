package com.vibnai.umami.platform;

import io.quarkus.info.runtime.spi.InfoContributor;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What runs here, in {@code /q/info}. Without the time of the build, so that two builds of one commit are the same. */
@Singleton
class VersionInfo implements InfoContributor {

    private final String artifact;
    private final String version;

    VersionInfo(
            @ConfigProperty(name = "quarkus.application.name") String artifact,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.artifact = artifact;
        this.version = version;
    }

    @Override
    public String name() {
        return "build";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("artifact", artifact, "version", version);
    }
}
