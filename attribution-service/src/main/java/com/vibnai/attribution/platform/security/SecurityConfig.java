package com.vibnai.attribution.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may call. Nothing has a default, so a service without keys answers 401 to everything. */
@ConfigMapping(prefix = "attribution")
public interface SecurityConfig {

    /** Server keys by a name of the operator's choice; several may be valid at once, so that one can be rotated. */
    Map<String, @Valid ApiKey> apiKeys();

    /** What pages in a browser may send. */
    Browser browser();

    /** Where people look at what is here. */
    Console console();

    /** OpenID Connect for people who administrate; off unless its issuer is set. */
    Oidc oidc();

    /** Tokens that let one page read one user, or reports, for a short time; off unless there is a secret. */
    ReadTokens readTokens();

    /**
     * Addresses and networks (CIDR) of proxies whose X-Forwarded-For is believed. None by default: whoever can write the
     * header could have as many addresses as they like.
     */
    Optional<List<String>> trustedProxies();

    /** A server key, of which only the digest is known here. */
    interface ApiKey {

        /** SHA-256 of the key, 64 hexadecimal digits. */
        @Pattern(regexp = "[0-9a-fA-F]{64}", message = "has to be 64 hexadecimal digits, the SHA-256 of the key")
        String digest();

        /** What it may do: any of ingest, read, admin. */
        @NotEmpty
        Set<Scope> scopes();
    }

    /** Publishable keys, origins and proof of the user id. */
    interface Browser {

        /** Keys that stand in pages, for everyone to see; they only say which site calls. */
        Optional<List<@Pattern(regexp = "pk_[A-Za-z0-9_-]{8,128}") String>> publishableKeys();

        /** Origins whose pages may call, for example {@code https://www.example.com}. */
        Optional<List<String>> allowedOrigins();

        /** Secrets that sign user ids (HMAC-SHA256), each of 32 characters or more; several while one is rotated. */
        Optional<List<@Size(min = 32) String>> signingSecrets();

        /** The application's tokens, which prove the user id as well as a signature does: their {@code sub} is it. */
        Issuer token();

        /** Whether a browser has to prove the user id it sends; {@code optional} only for development. */
        @WithDefault("required")
        Proof proof();
    }

    /** Pages that read, with a read token or a person's own. */
    interface Console {

        /** Their origins: tracker-web's for its console, and those of your own pages that have its elements. */
        Optional<List<String>> origins();
    }

    /** Who makes tokens, and how they are checked. */
    interface Issuer {

        /** The {@code iss} of its tokens; nothing is accepted without. */
        Optional<String> issuer();

        /** Where it publishes its keys as a JSON Web Key Set. */
        Optional<String> jwksUrl();

        /** The {@code aud} that a token has to have one of; not looked at when absent. */
        Optional<List<String>> audience();
    }

    /** Bearer tokens of an OpenID Connect provider. */
    interface Oidc extends Issuer {

        /** The claim that holds a person's roles, with dots into objects, for example {@code realm_access.roles}. */
        @WithDefault("roles")
        String rolesClaim();

        /** What each role of the provider's may do here: any of ingest, read, admin. Other roles may do nothing. */
        Map<String, Set<Scope>> roles();
    }

    /** Short-lived tokens for reading. */
    interface ReadTokens {

        /**
         * Secrets of 32 characters or more, shared with umami-query-service. The first signs; all are accepted, so that one
         * can be rotated.
         */
        Optional<List<@Size(min = 32) String>> secrets();
    }

    /** How strict {@link Browser#proof()} is. */
    enum Proof {
        REQUIRED,
        OPTIONAL
    }
}
