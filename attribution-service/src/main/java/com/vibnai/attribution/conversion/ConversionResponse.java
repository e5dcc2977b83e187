package com.vibnai.attribution.conversion;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A conversion as it is stored. */
@Schema(name = "StoredConversion")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConversionResponse(
        UUID conversionId,
        @Schema(examples = "order-1001") String idempotencyKey,
        @Schema(examples = "user-42") String userId,
        @Schema(examples = "purchase") String name,
        @Schema(examples = "2026-11-24T12:00:00Z") Instant occurredAt,

        @Schema(examples = "49.90", description = "Exact, with the decimals of its currency or more") @Nullable
        BigDecimal value,

        @Schema(examples = "EUR") @Nullable String currency,

        @Schema(type = SchemaType.OBJECT, examples = "{\"plan\": \"team\", \"quantity\": 3}") @JsonRawValue
        String properties,

        Instant createdAt) {

    static ConversionResponse from(Row row) {
        String currency = row.getString("currency");
        BigDecimal value = row.getBigDecimal("value");
        return new ConversionResponse(
                row.getUUID("conversion_id"),
                row.getString("idempotency_key"),
                row.getString("user_id"),
                row.getString("name"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                value == null ? null : new Money(value, Currency.getInstance(currency)).written(),
                currency,
                row.getString("properties"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
