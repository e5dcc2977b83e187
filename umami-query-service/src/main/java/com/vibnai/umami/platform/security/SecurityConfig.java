package com.vibnai.umami.platform.security;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may call. Nothing has a default, so a service without keys answers 401 to everything. */
@ConfigMapping(prefix = "umami")
public interface SecurityConfig {

    /** Keys by a name of the operator's choice; several may be valid at once, so that one can be rotated. */
    Map<String, @Valid ApiKey> apiKeys();

    /** Tokens that read one user for a short time, made by attribution-service; none is accepted without a secret. */
    ReadTokens readTokens();

    /** Where people look at what is here. */
    Console console();

    /** Pages that read, with a read token. */
    interface Console {

        /** Their origins: tracker-web's for its console, and those of your own pages that have its elements. */
        Optional<List<String>> origins();
    }

    /** Short-lived tokens for reading. */
    interface ReadTokens {

        /** Secrets of 32 characters or more, shared with attribution-service; all are accepted, so that one can be rotated. */
        Optional<List<@Size(min = 32) String>> secrets();
    }

    /** A key, of which only the digest is known here. */
    interface ApiKey {

        /** SHA-256 of the key, 64 hexadecimal digits. */
        @Pattern(regexp = "[0-9a-fA-F]{64}", message = "has to be 64 hexadecimal digits, the SHA-256 of the key")
        String digest();

        /** What it may do: read. */
        @NotEmpty
        Set<Scope> scopes();
    }
}
