package com.vibnai.attribution.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "-0.0001, true",
        "49.90000, true",
        "0.00001, false",
        "999999999999999.9999, true",
        "1000000000000000, false",
        "1e14, true",
        "1e15, false",
        "1e1000000000, false",
        "1e-1000000000, false",
        "1e2147483647, false",
        "0e2147483647, true"
    })
    void knowsWhatCanBeStoredWithoutRounding(BigDecimal value, boolean exact) {
        assertThat(Money.isExact(value)).isEqualTo(exact);
    }

    @ParameterizedTest
    @CsvSource({
        "49.9000, EUR, 49.90",
        "49.9050, EUR, 49.905",
        "500.0000, JPY, 500",
        "1.5000, JPY, 1.5",
        "1.5000, KWD, 1.500",
        "0.0000, USD, 0.00",
        "-10.0000, USD, -10.00",
        "1, XXX, 1"
    })
    void writesTheDecimalsOfTheCurrencyOrMore(BigDecimal stored, String currency, String written) {
        assertThat(new Money(stored, Currency.getInstance(currency)).written()).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "EURO", "ABC", "E R", "978"})
    void knowsNoOtherCurrencies(String code) {
        assertThat(Money.currency(code)).isEmpty();
    }
}
