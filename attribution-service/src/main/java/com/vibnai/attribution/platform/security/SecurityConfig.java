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

        /** Whether a browser has to prove the user id it sends; {@code optional} only for development. */
        @WithDefault("required")
        Proof proof();
    }

    /** How strict {@link Browser#proof()} is. */
    enum Proof {
        REQUIRED,
        OPTIONAL
    }
}
