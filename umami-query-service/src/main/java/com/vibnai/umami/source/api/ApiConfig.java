package com.vibnai.umami.source.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Umami's REST API; used with {@code umami.source=api} alone. */
@ConfigMapping(prefix = "umami.api")
public interface ApiConfig {

    /** Where it is, base path included: {@code https://analytics.example.com/api}, {@code https://api.umami.is/v1}. */
    @WithDefault("http://localhost:3000/api")
    String url();

    /** A key of Umami Cloud, or of an own Umami from 3.4 on. Needed unless there is a login. */
    Optional<String> key();

    /** An Umami account that may view the websites. */
    Optional<String> username();

    /** Its password. */
    Optional<String> password();

    /** The websites to look for users in; all that the account sees, 100 at most, unless given. */
    Optional<Set<UUID>> websites();

    /** Calls within {@link #window} at most, 1 to 100,000. Umami Cloud allows 50 in 15 seconds. */
    @WithDefault("50")
    @Min(1)
    @Max(100000)
    int calls();

    /** The time that {@link #calls} is about. */
    @WithDefault("15s")
    Duration window();

    /** Sessions of one user that one answer reads, the latest by login, 1 to 1,000; each costs a call or two. */
    @WithDefault("20")
    @Min(1)
    @Max(1000)
    int sessions();

    /** Calls for the events of one session at most, 1 to 100; each brings 500. */
    @WithDefault("4")
    @Min(1)
    @Max(100)
    int pages();
}
