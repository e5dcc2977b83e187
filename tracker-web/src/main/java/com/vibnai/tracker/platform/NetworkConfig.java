package com.vibnai.tracker.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Where this service stands in the network. */
@ConfigMapping(prefix = "tracker.network")
public interface NetworkConfig {

    /**
     * Addresses or subnets (CIDR) of the proxies in front of this service. Only from those are {@code X-Forwarded-For},
     * {@code X-Forwarded-Proto} and {@code X-Forwarded-Host} believed; anybody else could invent them.
     */
    @WithDefault("127.0.0.1,::1")
    List<String> trustedProxies();
}
