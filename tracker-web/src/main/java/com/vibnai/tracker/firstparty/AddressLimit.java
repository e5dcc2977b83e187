package com.vibnai.tracker.firstparty;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.HexFormat;

/** Calls a minute of one address. Forgets addresses that are silent, and holds a bounded number of them. */
final class AddressLimit {

    private static final long MOST_ADDRESSES = 100_000;
    private static final int NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    private final LoadingCache<String, Bucket> buckets;

    AddressLimit(int perMinute) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(Duration.ofMinutes(2))
                .build(address -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build());
    }

    boolean admits(String address) {
        return buckets.get(network(address)).tryConsume(1);
    }

    /** One household or server has a whole IPv6 network of 64 bits, so that is what counts as one. */
    static String network(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes != null && bytes.length == IPV6_BYTES
                ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES)
                : address;
    }
}
