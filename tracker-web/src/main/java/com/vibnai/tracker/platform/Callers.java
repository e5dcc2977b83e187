package com.vibnai.tracker.platform;

import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells who calls. Made at start, so that a wrong list of proxies ends it there. */
@Startup
@Singleton
public class Callers {

    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9._-]{1,253}(:\\d{1,5})?|\\[[0-9a-fA-F:.]+](:\\d{1,5})?");

    private final TrustedProxies proxies;

    Callers(NetworkConfig config) {
        this.proxies = new TrustedProxies(config.trustedProxies());
    }

    /** Who sent this request. */
    public Caller of(HttpServerRequest request) {
        String peer = request.connection().remoteAddress().hostAddress();
        boolean proxied = proxies.trusts(peer);
        return new Caller(
                proxies.client(peer, request.getHeader("X-Forwarded-For")),
                scheme(request, proxied),
                authority(request, proxied),
                proxied);
    }

    private static String scheme(HttpServerRequest request, boolean proxied) {
        String forwarded = proxied ? first(request.getHeader("X-Forwarded-Proto")) : null;
        String scheme = forwarded == null ? request.scheme() : forwarded;
        return "https".equalsIgnoreCase(scheme) ? "https" : "http";
    }

    private static String authority(HttpServerRequest request, boolean proxied) {
        String forwarded = proxied ? first(request.getHeader("X-Forwarded-Host")) : null;
        String authority = forwarded == null ? request.getHeader("Host") : forwarded;
        if (authority == null && request.authority() != null) {
            authority = request.authority().toString();
        }
        // It ends up in a page and in a cookie's domain.
        return authority != null && AUTHORITY.matcher(authority).matches() ? authority : "localhost";
    }

    private static @Nullable String first(@Nullable String header) {
        return header == null ? null : header.split(",", 2)[0].strip();
    }
}
