package com.vibnai.attribution.platform.security;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What stands behind {@code Authorization: Bearer}. */
final class Bearer {

    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    /** The credential; null if the header is absent or of another scheme. */
    static @Nullable String of(HttpServerRequest request) {
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).trim()
                : null;
    }

    /** Whether it has the form of a JSON Web Token, which no key of ours has. */
    static boolean isToken(String credential) {
        return credential.chars().filter(letter -> letter == '.').count() == 2;
    }
}
