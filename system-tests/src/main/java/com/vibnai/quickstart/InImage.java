package com.vibnai.quickstart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * As they lie in their images, under one folder; each JVM writes its AOT cache when it ends.
 *
 * @param folder holds a folder a service, and the images' {@code java.options}
 */
record InImage(Path folder) implements Packaging {

    @Override
    public Path jar(String service) {
        return folder.resolve(service).resolve("quarkus-run.jar");
    }

    @Override
    public List<String> options(String service) {
        return List.of("@" + folder.resolve("java.options"), "-XX:AOTCacheOutput=" + cache(service));
    }

    /** What {@code -XX:AOTCache} names in the image. */
    Path cache(String service) {
        return folder.resolve(service).resolve("app.aot");
    }

    /** A JVM that records is slow. */
    @Override
    public Duration readyWithin() {
        return Duration.ofMinutes(10);
    }

    /** The JVM makes the cache after the service has ended, in a process of its own. */
    @Override
    public int stopSeconds() {
        return 180;
    }
}
