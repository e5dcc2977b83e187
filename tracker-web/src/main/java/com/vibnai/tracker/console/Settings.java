package com.vibnai.tracker.console;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the page is told: each empty where it is not configured. */
record Settings(
        String attributionUrl,
        String queryUrl,
        String tokenUrl,
        String usersUrl,
        String oidcAuthority,
        String oidcClientId,
        String oidcScope) {

    static Settings of(ConsoleConfig config) {
        return new Settings(
                text(config.attributionUrl()),
                text(config.queryUrl()),
                text(config.tokenUrl()),
                text(config.usersUrl()),
                text(config.oidc().authority()),
                config.oidc().clientId().orElse(""),
                config.oidc().scope());
    }

    /** Origins that the page calls, for its Content-Security-Policy. */
    String origins() {
        return Stream.of(attributionUrl, queryUrl, tokenUrl, usersUrl, oidcAuthority)
                .filter(url -> !url.isEmpty())
                .map(Settings::origin)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String origin(String url) {
        URI uri = URI.create(url);
        if (uri.getScheme() == null || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("an address of tracker.console has no scheme or host: " + url);
        }
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static String text(Optional<URI> url) {
        return url.map(URI::toString).orElse("");
    }
}
