package com.vibnai.attribution.conversion;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;

/**
 * An exact amount. Negative amounts are refunds.
 *
 * @param value at most {@value #INTEGER_DIGITS} digits before the point and {@value #FRACTION_DIGITS} behind it
 * @param currency ISO 4217
 */
public record Money(BigDecimal value, Currency currency) {

    static final int INTEGER_DIGITS = 15;
    static final int FRACTION_DIGITS = 4;

    /** Whether the amount can be stored without rounding. */
    static boolean isExact(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        return shortest.scale() <= FRACTION_DIGITS && (long) shortest.precision() - shortest.scale() <= INTEGER_DIGITS;
    }

    /** The currency of this code, in capitals. */
    static Optional<Currency> currency(String code) {
        try {
            return Optional.of(Currency.getInstance(code));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** With as many decimals as the currency has, or more where the amount needs them: 49.9 EUR is 49.90. */
    public BigDecimal written() {
        BigDecimal shortest = value.stripTrailingZeros();
        int usual = Math.max(currency.getDefaultFractionDigits(), 0);
        return shortest.setScale(Math.max(shortest.scale(), usual));
    }
}
