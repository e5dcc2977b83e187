package com.vibnai.attribution.touch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalReferrerTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://www.google.com/, https://www.example.com/, true",
                "https://t.co/abc, -, true",
                "android-app://com.google.android.gm/, https://example.com/, true",
                "-, https://example.com/, false",
                "'', https://example.com/, false",
                "not a url, https://example.com/, false",
                "/relative, https://example.com/, false",
                "https://example.com/a, https://example.com/b, false",
                "https://www.example.com/a, https://example.com/b, false",
                "https://app.example.com/, https://example.com/, false",
                "https://example.com/, https://app.example.com/, false",
                "https://notexample.com/, https://example.com/, true",
                "https://ACCOUNTS.google.com/signin, https://example.com/, false",
                "https://checkout.stripe.com/c/pay, https://example.com/, false",
                "https://www.paypal.com/checkout, https://example.com/, false",
                "https://tenant.auth0.com/login, https://example.com/, false",
                "https://odd.example.org/?q=a|b, https://example.com/, true",
                "https://shop.example.com:8443/?q=a|b, https://example.com/, false",
            })
    void tellsOtherSitesFromTheSiteItselfAndFromIntermediaries(String referrer, String landing, boolean external) {
        assertThat(new ExternalReferrer().is(referrer, landing)).isEqualTo(external);
    }

    @Test
    void takesFurtherIntermediaries() {
        ExternalReferrer referrers = new ExternalReferrer(Set.of("sso.example.org"));

        assertThat(referrers.is("https://eu.sso.example.org/", "https://example.com/"))
                .isFalse();
        assertThat(referrers.is("https://example.org/", "https://example.com/")).isTrue();
        assertThat(referrers.is("https://paypal.com/", "https://example.com/")).isFalse();
    }
}
