package com.vibnai.tracker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private final TrustedProxies proxies = new TrustedProxies(List.of("127.0.0.1", "::1", "10.0.0.0/8", "fd00::/8"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Nobody between: what the client writes counts for nothing.
                "203.0.113.9| |203.0.113.9",
                "203.0.113.9|198.51.100.1|203.0.113.9",
                // One proxy, and a client that lies about itself.
                "127.0.0.1|203.0.113.9|203.0.113.9",
                "10.1.2.3|1.1.1.1, 203.0.113.9|203.0.113.9",
                // Two proxies.
                "10.1.2.3|203.0.113.9, 10.9.9.9|203.0.113.9",
                "::1|2001:db8::7, fd00::1|2001:db8::7",
                // A proxy that says nothing, or nonsense.
                "10.1.2.3| |10.1.2.3",
                "10.1.2.3|unknown|10.1.2.3",
                "10.1.2.3|203.0.113.9, <script>|10.1.2.3"
            })
    void takesTheLastAddressThatIsNoProxyForTheClient(String peer, String forwardedFor, String client) {
        assertThat(proxies.client(peer, forwardedFor)).isEqualTo(client);
    }

    @Test
    void trustsOnlyWhatIsListed() {
        assertThat(proxies.trusts("10.255.0.1")).isTrue();
        assertThat(proxies.trusts("11.0.0.1")).isFalse();
        assertThat(proxies.trusts("fd12::1")).isTrue();
        assertThat(proxies.trusts("2001:db8::1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/99", "10.0.0.0/x", "10.0.0", ""})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tracker.network.trusted-proxies");
    }
}
