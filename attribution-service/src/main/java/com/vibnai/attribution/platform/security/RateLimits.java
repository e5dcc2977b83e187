package com.vibnai.attribution.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Token buckets: one for each server key, one for each client address, the latter in bounded memory. */
@Singleton
class RateLimits {

    private static final Duration FORGET = Duration.ofMinutes(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RateLimitConfig config;
    private final Cache<String, Bucket> keys;
    private final Cache<String, Bucket> addresses;

    RateLimits(RateLimitConfig config) {
        this.config = config;
        this.keys = Caffeine.newBuilder().maximumSize(1000).build();
        this.addresses = Caffeine.newBuilder()
                .maximumSize(config.addresses())
                .expireAfterAccess(FORGET)
                .build();
    }

    /** Takes one call of this key's; answers how long to wait, zero if the call may go on. */
    Duration ofKey(String name) {
        return config.key() == 0 ? Duration.ZERO : take(keys.get(name, key -> bucket(config.key(), config.key())));
    }

    /** Takes one call from this address; answers how long to wait, zero if the call may go on. */
    Duration ofAddress(String address) {
        return config.address() == 0
                ? Duration.ZERO
                : take(addresses.get(address, key -> bucket(config.addressBurst(), config.address())));
    }

    private static Duration take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(probe.getNanosToWaitForRefill(), 1));
    }

    private static Bucket bucket(int burst, int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, SECOND))
                .build();
    }
}
