package com.vibnai.attribution.conversion;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something a user did that is worth counting.
 *
 * @param id ours
 * @param idempotencyKey the sender's; one conversion each
 * @param userId whose; there may be no record of this user yet
 * @param name what it was, for example {@code purchase}
 * @param occurredAt when, to the microsecond
 * @param money what it was worth, if it had a worth
 * @param properties declared names only; text, numbers and truth values
 */
record Conversion(
        UUID id,
        String idempotencyKey,
        String userId,
        String name,
        Instant occurredAt,
        @Nullable Money money,
        Map<String, Object> properties) {

    @Nullable
    BigDecimal value() {
        return money == null ? null : money.value();
    }

    @Nullable
    String currency() {
        return money == null ? null : money.currency().getCurrencyCode();
    }
}
