package com.vibnai.attribution.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private final ClientAddress behindProxies =
            new ClientAddress(List.of("10.0.0.0/8", "192.0.2.1", "2001:db8:1::/48"));

    @Test
    void believesNobodyByDefault() {
        assertThat(new ClientAddress(List.of()).of("10.0.0.1", List.of("203.0.113.7")))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | | 203.0.113.9",
                "203.0.113.9 | 198.51.100.1 | 203.0.113.9",
                "10.1.2.3 | 203.0.113.9 | 203.0.113.9",
                "192.0.2.1 | 203.0.113.9 | 203.0.113.9",
                "192.0.2.2 | 203.0.113.9 | 192.0.2.2",
                "10.1.2.3 | 198.51.100.1, 203.0.113.9 | 203.0.113.9",
                "10.1.2.3 | 198.51.100.1, 203.0.113.9, 10.9.9.9 | 203.0.113.9",
                "10.1.2.3 | 198.51.100.1; 203.0.113.9 | 203.0.113.9",
                "10.1.2.3 | nonsense | 10.1.2.3",
                "10.1.2.3 | 203.0.113.9, nonsense | 10.1.2.3",
                "10.1.2.3 | '' | 10.1.2.3",
                "10.1.2.3 | 10.4.4.4 | 10.4.4.4",
                "2001:db8:1::1 | 2001:db8:2:3:4:5:6:7 | 2001:db8:2:3::",
                "2001:db8:2:3:ffff::1 | | 2001:db8:2:3::",
                "unknown-host | 203.0.113.9 | unknown"
            })
    void walksBackToTheFirstThatIsNoProxyOfOurs(String peer, String forwarded, String client) {
        List<String> headers = forwarded == null ? List.of() : Arrays.asList(forwarded.split(";"));

        assertThat(behindProxies.of(peer, headers)).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example.com", "10.0.0.0/33", "10.0.0.0/x", "10.0.0"})
    void refusesWhatIsNoNetwork(String proxy) {
        assertThatThrownBy(() -> new ClientAddress(List.of(proxy)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("attribution.trusted-proxies");
    }
}
