package com.vibnai.tracker.touch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vibnai.tracker.platform.Caller;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieScopeTest {

    private final CookieScope open = scope(Optional.empty(), Optional.empty());

    record Settings(int cookieDays, Optional<String> cookieDomain, Optional<List<String>> allowedOrigins)
            implements TouchConfig {}

    private static CookieScope scope(Optional<String> domain, Optional<List<String>> origins) {
        return new CookieScope(new Settings(90, domain, origins));
    }

    private static Caller at(String url) {
        String[] parts = url.split("://", 2);
        return new Caller("203.0.113.9", parts[0], parts[1], false);
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.com, https://t.example.com, example.com, true",
        "https://example.com, https://t.example.com, example.com, true",
        "https://app.example.com:8443, https://t.example.com:9443, example.com, true",
        "https://WWW.EXAMPLE.COM, https://T.Example.com, example.com, true",
        "http://www.example.com, http://t.example.com, example.com, false",
        "https://shop.example.co.uk, https://t.example.co.uk, example.co.uk, true",
        "https://me.github.io, https://me.github.io, me.github.io, true",
        "http://localhost:8090, http://localhost:8080, , false",
        "http://127.0.0.1:8090, http://127.0.0.1:8080, , false",
        "http://[::1]:8090, http://[::1]:8080, , false",
        // TLS ends at a proxy that says nothing of it.
        "https://www.example.com, http://t.example.com, example.com, true",
    })
    void isTheWidestDomainThatPageAndServiceShare(String origin, String service, String domain, boolean secure) {
        assertThat(open.of(origin, at(service))).contains(new CookieScope.Scope(Optional.ofNullable(domain), secure));
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.org, https://t.example.com",
        "https://you.github.io, https://me.github.io",
        "https://other.co.uk, https://example.co.uk",
        "https://notexample.com, https://example.com",
        "https://example.com.evil.net, https://t.example.com",
        "http://127.0.0.2, http://127.0.0.1",
        // To a browser these are two sites.
        "http://www.example.com, https://t.example.com",
    })
    void isNotGivenToAnotherSite(String origin, String service) {
        assertThat(open.of(origin, at(service))).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "null", "file://", "javascript:alert(1)", "https://", "https://a b", "*"})
    void isNotGivenToWhatIsNoOrigin(String origin) {
        assertThat(open.of(origin, at("https://t.example.com"))).isEmpty();
    }

    @Test
    void isOnlyGivenToTheConfiguredOriginsWhereThereAreAny() {
        CookieScope listed = scope(Optional.empty(), Optional.of(List.of("https://www.example.com")));

        assertThat(listed.of("https://www.example.com", at("https://t.example.com")))
                .isPresent();
        assertThat(listed.of("https://blog.example.com", at("https://t.example.com")))
                .isEmpty();
    }

    @Test
    void isTheConfiguredDomainForPagesAndServicesWithinIt() {
        CookieScope narrow = scope(Optional.of(".Shop.example.com"), Optional.empty());

        assertThat(narrow.of("https://www.shop.example.com", at("https://t.shop.example.com")))
                .contains(new CookieScope.Scope(Optional.of("shop.example.com"), true));
        assertThat(narrow.of("https://blog.example.com", at("https://t.shop.example.com")))
                .isEmpty();
        assertThat(narrow.of("https://www.shop.example.com", at("https://t.example.com")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com", "co.uk", "github.io", ".vercel.app", "localhost", "127.0.0.1", "no domain"})
    void isNeverAPublicSuffix(String domain) {
        assertThatThrownBy(() -> scope(Optional.of(domain), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tracker.touch.cookie-domain");
    }
}
