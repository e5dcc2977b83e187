package com.vibnai.attribution.platform.security;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a call comes from. {@code X-Forwarded-For} counts only when a trusted proxy sent it, and only from its end: what a
 * client wrote there itself stands to the left of what the proxies added.
 */
final class ClientAddress {

    private final List<IpSubnetFilterRule> trusted;

    /** @param trustedProxies addresses and networks in CIDR form */
    ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream().map(ClientAddress::network).toList();
    }

    /**
     * The client's address. Of IPv6 the first 64 bits: one client has that many addresses to itself.
     *
     * @param peer who opened the connection
     * @param forwardedFor every value of X-Forwarded-For, in the order of the headers
     */
    String of(@Nullable String peer, List<String> forwardedFor) {
        @Nullable InetAddress address = parse(peer);
        List<String> hops = forwardedFor.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
        for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
            @Nullable InetAddress hop = parse(hops.get(i));
            if (hop == null) {
                break;
            }
            address = hop;
        }
        return address == null ? "unknown" : network(address);
    }

    private boolean isTrusted(@Nullable InetAddress address) {
        return address != null
                && trusted.stream().anyMatch(network -> network.matches(new InetSocketAddress(address, 0)));
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            Arrays.fill(bytes, 8, bytes.length, (byte) 0);
        }
        return NetUtil.bytesToIpAddress(bytes);
    }

    private static @Nullable InetAddress parse(@Nullable String text) {
        byte[] bytes = text == null ? null : NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static IpSubnetFilterRule network(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        try {
            if (bytes != null) {
                int prefix = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
                return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
            }
        } catch (IllegalArgumentException e) {
            // Said below, like a text that is no address.
        }
        throw new IllegalArgumentException(String.format(
                Locale.ROOT, "attribution.trusted-proxies: %s is neither an address nor a network", text));
    }
}
