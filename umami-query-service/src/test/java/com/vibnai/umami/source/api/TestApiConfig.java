package com.vibnai.umami.source.api;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Settings as a test needs them. */
record TestApiConfig(
        String url,
        Optional<String> key,
        Optional<String> username,
        Optional<String> password,
        Optional<Set<UUID>> websites,
        int calls,
        Duration window,
        int sessions,
        int pages)
        implements ApiConfig {

    /** A login; any number of calls. */
    static TestApiConfig login(String url) {
        return new TestApiConfig(
                url,
                Optional.empty(),
                Optional.of("admin"),
                Optional.of("umami"),
                Optional.empty(),
                100_000,
                Duration.ofSeconds(15),
                100,
                20);
    }

    /** A key. */
    static TestApiConfig key(String url, String key) {
        return new TestApiConfig(
                url,
                Optional.of(key),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                100_000,
                Duration.ofSeconds(15),
                100,
                20);
    }

    TestApiConfig withCalls(int calls, Duration window) {
        return new TestApiConfig(url, key, username, password, websites, calls, window, sessions, pages);
    }

    TestApiConfig withBounds(int sessions, int pages) {
        return new TestApiConfig(url, key, username, password, websites, calls, window, sessions, pages);
    }

    TestApiConfig withWebsites(Set<UUID> websites) {
        return new TestApiConfig(url, key, username, password, Optional.of(websites), calls, window, sessions, pages);
    }
}
