package com.vibnai.tracker.platform;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which addresses are proxies of ours, and who stands behind them. */
final class TrustedProxies {

    private final List<IpSubnetFilterRule> subnets;

    TrustedProxies(List<String> addresses) {
        this.subnets = addresses.stream().map(TrustedProxies::subnet).toList();
    }

    boolean trusts(String address) {
        InetAddress parsed = parse(address);
        return parsed != null && subnets.stream().anyMatch(subnet -> subnet.matches(new InetSocketAddress(parsed, 0)));
    }

    /**
     * The address of the client: the last one in the chain that is no proxy of ours. What stands further left was written
     * by the client and may be a lie.
     *
     * @param peer who is connected
     * @param forwardedFor the header {@code X-Forwarded-For}
     */
    String client(String peer, @Nullable String forwardedFor) {
        String client = peer;
        String[] chain = forwardedFor == null ? new String[0] : forwardedFor.split(",", -1);
        for (int i = chain.length - 1; i >= 0 && trusts(client); i--) {
            InetAddress next = parse(chain[i].strip());
            if (next == null) {
                return client;
            }
            client = NetUtil.toAddressString(next);
        }
        return client;
    }

    private static @Nullable InetAddress parse(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException e) {
            return null;
        }
    }

    private static IpSubnetFilterRule subnet(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress parsed = parse(address);
        try {
            if (parsed != null) {
                int bits = slash < 0 ? parsed.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1));
                return new IpSubnetFilterRule(parsed, bits, IpFilterRuleType.ACCEPT);
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException("tracker.network.trusted-proxies: '" + text + "' is no address or subnet");
    }
}
