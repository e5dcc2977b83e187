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

    /** 40 % of 256 MiB. */
    private static final String SMALLEST_HEAP = "-Xmx102m";

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

    /** A JVM in the heap that the smallest container has, which refuses to start if it cannot use the cache. */
    String[] withCache(String service) {
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + folder.resolve("java.options"),
            SMALLEST_HEAP,
            "-XX:AOTMode=on",
            "-XX:AOTCache=" + cache(service),
            "-cp",
            jar(service).toString(),
            "-version"
        };
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
