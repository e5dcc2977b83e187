package com.vibnai.tracker.touch;

import com.vibnai.tracker.platform.Caller;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whose pages may set the cookie, and for which domain. Made at start, so that a wrong domain ends it there. */
@Startup
@Singleton
class CookieScope {

    private final Optional<String> domain;
    private final Optional<Set<String>> origins;

    CookieScope(TouchConfig config) {
        this.domain =
                config.cookieDomain().map(text -> text.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT));
        this.origins = config.allowedOrigins().map(Set::copyOf);
        this.domain.filter(Site::isShared).ifPresent(shared -> {
            throw new IllegalArgumentException("tracker.touch.cookie-domain: '" + shared
                    + "' is a public suffix or no domain; browsers take no cookie for it");
        });
    }

    /**
     * Where a cookie goes.
     *
     * @param domain its attribute; empty for this host alone
     * @param secure whether it is for https only
     */
    record Scope(Optional<String> domain, boolean secure) {}

    /** The scope for a page, or nothing if it is of another site or not allowed. */
    Optional<Scope> of(@Nullable String origin, Caller caller) {
        URI page = parse(origin);
        if (origin == null
                || page == null
                || origins.filter(known -> !known.contains(origin)).isPresent()) {
            return Optional.empty();
        }
        String pageHost = page.getHost().toLowerCase(Locale.ROOT);
        String ownHost = caller.host().toLowerCase(Locale.ROOT);
        boolean secure = page.getScheme().equals("https");
        // A browser takes http and https for two sites. Not the reverse: TLS may end at a proxy that says nothing of
        // it.
        if (!secure && caller.scheme().equals("https")) {
            return Optional.empty();
        }
        if (domain.isPresent()) {
            return domain.filter(wide -> Site.isWithin(pageHost, wide) && Site.isWithin(ownHost, wide))
                    .map(wide -> new Scope(domain, secure));
        }
        Optional<String> shared = Site.registrableDomain(ownHost);
        boolean same =
                pageHost.equals(ownHost) || (shared.isPresent() && shared.equals(Site.registrableDomain(pageHost)));
        return same ? Optional.of(new Scope(shared, secure)) : Optional.empty();
    }

    private static @Nullable URI parse(@Nullable String origin) {
        try {
            URI uri = new URI(origin == null ? "" : origin);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
