package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.conversion.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An exact sum of money.
 *
 * @param currency ISO 4217
 * @param value as text, with the decimals of its currency or more
 */
@Schema(name = "Revenue")
record RevenueResponse(
        @Schema(examples = "EUR") String currency,
        @Schema(examples = "123.45") String value) {

    private static final int SCALE = 4;

    /** From ten-thousandths by currency; sorted by it. */
    static List<RevenueResponse> of(Map<String, Sum> sums) {
        return sums.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(sum -> new RevenueResponse(
                        sum.getKey(),
                        new Money(new BigDecimal(sum.getValue().value(), SCALE), Currency.getInstance(sum.getKey()))
                                .written()
                                .toPlainString()))
                .toList();
    }
}
