package com.vibnai.attribution.firsttouch;

import static org.assertj.core.api.Assertions.assertThat;

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
            })
    void tellsOtherSitesFromTheSiteItselfAndFromIntermediaries(String referrer, String landing, boolean external) {
        assertThat(ExternalReferrer.is(referrer, landing)).isEqualTo(external);
    }
}
