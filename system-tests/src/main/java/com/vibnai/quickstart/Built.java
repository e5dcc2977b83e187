package com.vibnai.quickstart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** As the build leaves them: {@code <root>/<service>/target/quarkus-app}. */
record Built(Path root) implements Packaging {

    @Override
    public Path jar(String service) {
        return root.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
    }

    @Override
    public List<String> options(String service) {
        return List.of("-Xmx192m", "-XX:+UseSerialGC");
    }

    @Override
    public Duration readyWithin() {
        return Duration.ofMinutes(3);
    }

    @Override
    public int stopSeconds() {
        return 10;
    }
}
