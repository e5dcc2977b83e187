package com.vibnai.tracker.touch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "www.example.com|example.com",
                "example.com|example.com",
                "APP.Example.COM|example.com",
                "a.b.example.co.uk|example.co.uk",
                "me.github.io|me.github.io",
                "docs.me.github.io|me.github.io",
                "shop.vercel.app|shop.vercel.app",
                "app.corp.internal|corp.internal",
                "co.uk|",
                "github.io|",
                "s3-eu-west-1.amazonaws.com|",
                "com|",
                "localhost|",
                "127.0.0.1|",
                "[::1]|",
                "no host|",
                "''|"
            })
    void findsTheWidestDomainThatTakesACookie(String host, String domain) {
        assertThat(Site.registrableDomain(host)).isEqualTo(Optional.ofNullable(domain));
    }

    @Property
    void neverAnswersAPublicSuffixAndNeverThrows(@ForAll String host) {
        Site.registrableDomain(host)
                .ifPresent(domain -> assertThat(Site.isShared(domain)).isFalse());
    }
}
