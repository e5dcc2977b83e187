package com.vibnai.attribution.conversion;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.vibnai.attribution.platform.json.StorableText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/conversions}.
 *
 * @param idempotencyKey names this conversion for good, for example the order's id
 * @param userId whose
 * @param name what it was
 * @param occurredAt when
 * @param value what it was worth, a decimal number or the same as text
 * @param currency of the value
 * @param properties flat; declared names only
 */
@Schema(name = "Conversion")
record ConversionRequest(
        @Schema(examples = "order-1001", description = "A repeated call with the same key adds nothing")
        @NotBlank
        @Size(max = 255)
        @StorableText
        @Nullable
        String idempotencyKey,

        @Schema(examples = "user-42") @NotBlank @Size(max = 255) @StorableText @Nullable
        String userId,

        @Schema(examples = "purchase") @NotBlank @Size(max = 100) @StorableText @Nullable
        String name,

        @Schema(examples = "2026-11-24T12:00:00Z") @NotNull @Nullable
        OffsetDateTime occurredAt,

        @Schema(
                examples = "49.90",
                description = "Exact; at most 15 digits before the point and 4 behind it, a number or text."
                        + " Negative for a refund")
        @Nullable
        BigDecimal value,

        @Schema(examples = "EUR", description = "ISO 4217; comes with value") @Nullable
        String currency,

        @Schema(
                type = SchemaType.OBJECT,
                examples = "{\"plan\": \"team\", \"quantity\": 3}",
                description = "Flat: text of at most 255 characters, numbers, true, false. Names that are not declared"
                        + " by attribution.conversions.properties are dropped unread")
        @JsonDeserialize(contentUsing = PropertyReader.class)
        @Nullable
        Map<String, @Nullable Object> properties) {}
