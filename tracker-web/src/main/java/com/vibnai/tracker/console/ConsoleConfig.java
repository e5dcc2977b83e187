package com.vibnai.tracker.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where the page at {@code /console/} finds the services, and how one signs in there. All addresses are browsers'. */
@ConfigMapping(prefix = "tracker.console")
public interface ConsoleConfig {

    /** Address of attribution-service; the page says what is missing without. */
    Optional<URI> attributionUrl();

    /** Address of umami-query-service. */
    Optional<URI> queryUrl();

    /**
     * A route of your own back end that answers {@code POST} with a read token, asked with the cookies of its site. Nobody
     * is asked to sign in then.
     */
    Optional<URI> tokenUrl();

    /** A route of your own back end that answers as {@code GET /v1/attributions}, asked with the cookies of its site. */
    Optional<URI> usersUrl();

    /** A provider of people's identities, beside signing in with a read key. */
    Oidc oidc();

    /** An OpenID Connect provider whose tokens attribution-service accepts. */
    interface Oidc {

        /** Its issuer. */
        Optional<URI> authority();

        /** This page as a public client there, with {@code …/console/} as its redirect URI. */
        Optional<String> clientId();

        /** Scopes to ask for. */
        @WithDefault("openid")
        String scope();
    }
}
