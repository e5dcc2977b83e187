package com.vibnai.tracker.firstparty;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** First-party mode. Off unless an address is given. */
@ConfigMapping(prefix = "tracker.proxy")
public interface ProxyConfig {

    /** A path of letters, digits, and {@code / . _ -}. */
    String PATH = "(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+";

    /** Address of Umami as this service reaches it, best inside the network. Empty: Umami is not proxied. */
    Optional<URI> umamiUrl();

    /** Path of Umami's script there. */
    @WithDefault("/script.js")
    @Pattern(regexp = PATH)
    String umamiScriptPath();

    /** Path of Umami's collector there ({@code COLLECT_API_ENDPOINT}). */
    @WithDefault("/api/send")
    @Pattern(regexp = PATH)
    String umamiCollectPath();

    /** Path under which this service serves Umami's script. */
    @WithDefault("/s.js")
    @Pattern(regexp = PATH)
    String scriptPath();

    /**
     * Path under which this service takes what Umami's script sends. It has to be in the folder of {@link #scriptPath()}
     * or below, because the script looks for it beside itself.
     */
    @WithDefault("/api/send")
    @Pattern(regexp = PATH)
    String collectPath();

    /** Header that Umami takes the client's address from, besides {@code X-Forwarded-For} ({@code CLIENT_IP_HEADER}). */
    Optional<String> clientAddressHeader();

    /** Address of attribution-service as this service reaches it. Empty: it is not proxied. */
    Optional<URI> attributionUrl();

    /** Path under which its two browser calls are; the tag's {@code data-attribution-url} ends with it. */
    @WithDefault("/a")
    @Pattern(regexp = PATH)
    String attributionPath();

    /** Longest wait for an answer, then 504. */
    @WithDefault("5s")
    Duration timeout();

    /** Largest body of a request in bytes, at most 65536; more is a 413. */
    @WithDefault("32768")
    @Min(1024)
    @Max(65536)
    int maxBody();

    /** Calls a minute for one address (an IPv6 network of 64 bits), then 429. An office of many people is one address. */
    @WithDefault("1200")
    @Min(1)
    int requestsPerMinute();

    /** Connections to each of the two, at most. As many again wait eight-fold; then 503. */
    @WithDefault("64")
    @Min(1)
    int connections();
}
